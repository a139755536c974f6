using Fovea.Images;
using Fovea.Tests;
using Fovea.Training.Pretraining;
using Fovea.Training.Runs.Health;
using Fovea.Training.Runs.Metrics;
using Fovea.Training.Runs.Reports;
using static Fovea.Training.Runs.Metrics.KnownMetrics;

namespace Fovea.Training.Tests.Runs.Reports;

/// <summary>A made-up run of 60,000 steps with everything that a report can show: formulas with noise for figures, the repository's drawn pictures, real masks.</summary>
internal static class SampleReport
{
    private const long Steps = 60_000, Warmup = 3_000;

    public static RunReportData Data()
    {
        MetricsLine[] lines = Lines();
        HealthMonitor monitor = new(Steps, Warmup);
        foreach (MetricsLine line in lines) monitor.Observe(line);
        ReportPicture[] pictures = Pictures(RunReport.NeighbourSide);
        return new RunReportData
        {
            Name = "cifar10-small",
            Step = Steps,
            Steps = Steps,
            PicturesSeen = Steps * 128,
            Duration = new TimeSpan(13, 28, 0),
            Written = new DateTimeOffset(2026, 3, 14, 15, 9, 0, TimeSpan.Zero),
            Recipe = ReportField.OfJson("""
                {"name": "cifar10-small", "encoder": {"network": "vit_reg4_m16_rms_avg", "config": {"patch_size": 4, "width": 192}, "image_size": [32, 32], "channels": {"mean": [0.491, 0.482, 0.447], "std": [0.247, 0.243, 0.262]}},
                 "predictor": {"depth": 3, "width": 96, "heads": 6, "positions": "to-last"}, "masks": {"sampler": "unbiased", "context_scale": [0.85, 1], "target_scale": [0.15, 0.2], "target_blocks": 4, "allows_overlap": false},
                 "data": {"sources": ["cifar10/_info.json#train"], "augmentation": "birder-1"},
                 "optimizer": {"batch_size": 128, "epochs": 154, "learning_rate": {"base": 0.001, "final": 1e-06, "warmup": 3000}, "weight_decay": {"start": 0.04, "end": 0.4}, "clip_gradient_norm": null}, "run": {"seed": 42, "compute": "bfloat16"}}
                """),
            Machine = [new("processor", "AMD EPYC (Zen 4)"), new("cores", "2"), new("memory", "24.0 GiB"), new("system", "Debian GNU/Linux 12"), new(".NET", "10.0.2"), new("libtorch", "2.10.0")],
            History = new MetricsHistory(lines),
            Warnings = monitor.Warnings,
            Masks = Masks(),
            Neighbours = [.. Enumerable.Range(0, 6).Select(row => Row(pictures, row))],
            NeighbourPictures = 2000,
            Skipped = [new("holiday/broken.jpg", new ImageException("holiday/broken.jpg: ends before its last pixel; copy or download it again.")), new("notes.png", new ImageException("notes.png: is no picture that can be read."))],
            SkippedCount = 2,
        };
    }

    /// <summary>The drawn pictures, as a report embeds them.</summary>
    public static ReportPicture[] Pictures(int side) => [.. Directory.GetFiles(TestFolders.InRepository("samples", "images")).Where(file => Path.GetExtension(file) != ".md").Order(StringComparer.Ordinal).Select(file =>
    {
        using RgbImage picture = ImageDecoder.Decode(File.ReadAllBytes(file), file, DecodeOptions.Default);
        return ReportPicture.Of(Path.GetFileName(file), picture, side);
    })];

    public static MetricsLine[] Lines()
    {
        Random random = new(3);
        double Noise(double size) => size * (random.NextDouble() + random.NextDouble() - 1);
        List<MetricsLine> lines = [];
        for (long step = 0; step <= Steps; step += 50)
        {
            double part = (double)step / Steps, early = Math.Exp(-part * 40), rate = step < Warmup ? 1e-3 * (step + 1) / Warmup : 1e-6 + 1e-3 * (1 + Math.Cos(Math.PI * (part - 0.05) / 0.95)) / 2;
            if (step % 3000 == 0)
            {
                double rank = 21 - 14 * (1 - Math.Exp(-part * 25)) + 62 * part;
                lines.Add(new MetricsLine(step, step / 390, KnnTop1.Of(0.28 - 0.05 * (1 - Math.Exp(-part * 30)) + 0.3 * Math.Sqrt(part) + Noise(0.004)), RankMe.Of(rank), ContextRankMe.Of(rank * 0.93 + Noise(1)), FeatureDeviation.Of(0.8 - 0.2 * part * (1 - part))));
            }
            double loss = 0.16 + 0.27 * early + 0.05 * part + Noise(0.015), constant = 0.36 + 0.03 * early;
            lines.Add(new MetricsLine(step, step / 390,
                Loss.Of(loss), LearningRate.Of(rate), WeightDecay.Of(0.04 + 0.36 * part), Momentum.Of(0.996 + 0.004 * part), GradientNorm.Of(0.08 * Math.Exp(Noise(0.6)) + 3 * early),
                ContextPatches.Of(23 + Math.Round(Noise(4))), TargetPatches.Of(random.Next(10, 14)), ConstantLoss.Of(constant), LossRatio.Of(loss / constant), TargetVariance.Of(0.9 - 0.5 * part * (1 - part) + Noise(0.01)),
                PictureCosine.Of(0.1 + 0.2 * part), PositionCosine.Of(0.45 + 0.3 * (1 - early)), EncoderDistance.Of(step == 0 ? 0 : 0.12 * Math.Exp(-5 * part) * (1 - early * 0.9)),
                ImagesPerSecond.Of(158 + Noise(25)), WaitShare.Of(step is > 30_000 and < 33_000 ? 0.42 + Noise(0.05) : 0.02 + Noise(0.01))));
        }
        return [.. lines];
    }

    private static List<MaskedPicture> Masks()
    {
        PatchGrid grid = new(14, 14);
        ReportPicture[] pictures = [.. Pictures(ReportPicture.LongestSide).Where(picture => picture.Size.Width == picture.Size.Height || picture.Size.Width > 150).Take(6)];
        MaskBatch masks = MaskSampler.Create(new MaskSettings(), grid, 7).Sample(0, BatchSlice.Whole(pictures.Length));
        return [.. pictures.Select((picture, number) => new MaskedPicture(picture, grid, masks.ContextOf(0, number).ToArray(), [.. Enumerable.Range(0, masks.Targets.Count).Select(block => masks.TargetOf(block, number).ToArray())]))];
    }

    private static NeighbourRow Row(ReportPicture[] pictures, int row) =>
        new(pictures[row], [.. Enumerable.Range(1, 7).Select(place => (pictures[(row + 2 * place) % pictures.Length], 0.97 - 0.035 * place))]);
}
