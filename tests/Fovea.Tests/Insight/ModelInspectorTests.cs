using Fovea.Images;
using Fovea.Insight;

namespace Fovea.Tests.Insight;

/// <summary>Whole models, measured: outliers that were put in are found where they are, and every kind of network runs through every part.</summary>
public sealed class ModelInspectorTests : IDisposable
{
    private const InsightParts Everything = InsightParts.Usual | InsightParts.Local | InsightParts.Global;
    private static readonly int[] Chosen = [3, 17, 40, 77, 90, 120, 131, 150, 171, 188, 201, 222, 250];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string> Kinds => ["plain", "no registers", "class token", "registers and class token", "attention pool", "probing pool", "wide", "patch of 14", "no positions", "query norm", "layer norm"];

    [Fact]
    public async Task Planted_outliers_are_found_in_their_place_their_block_and_their_channel()
    {
        string model = DrawnModel.WritePlanted(_folder.File("planted.safetensors"), Chosen);
        ModelInsight insight = await Inspect(model, Everything);
        OutlierResult outliers = insight.Outliers!;
        Assert.Equal(OutlierVerdict.Present, outliers.Verdict);
        Assert.Equal(Chosen.Length / 256.0, outliers.Share, 1e-9);
        Assert.Equal(2, outliers.FirstLevel);                                      // the second block makes them
        Assert.Equal(insight.Pictures.Count, outliers.PicturesWith);
        Assert.True(outliers.Ratio > 5, $"ratio {outliers.Ratio}");
        double[] heat = [.. outliers.Places!.HeatMap.SelectMany(row => row)];
        for (int patch = 0; patch < heat.Length; patch++) Assert.Equal(Chosen.Contains(patch) ? 1 : 0, heat[patch]);
        Assert.Equal([DrawnModel.Massive], insight.Channels[^1].Top.Channels.Where(channel => channel == DrawnModel.Massive));
        Assert.True(insight.Channels[^1].Top.Shares[0] > 0.8, "one channel should hold most of an outlier's square");
        Assert.True(insight.Channels[^1].Rest!.Shares[0] < 0.4);
        Assert.True(insight.Attention[^1].Mean.OutlierMass > 0);
        Assert.Equal(insight.Local!.PositionAccuracy.OutlierCount + insight.Local.PositionAccuracy.NormalCount, insight.Local.TestTokens);
    }

    [Fact]
    public async Task Verdict_is_that_of_norms_before_the_final_norm()
    {
        ModelInsight insight = await Inspect(DrawnModel.WritePlanted(_folder.File("planted.safetensors"), Chosen), InsightParts.Norms);
        Assert.Equal(OutlierVerdict.Present, insight.Outliers!.Verdict);
        Assert.Equal(0, insight.FinalNorms!.ShareOfOutliers);                      // RMS norm makes every token the same length
        Assert.InRange(insight.FinalNorms.Patches.Quantile(1) / insight.FinalNorms.Patches.Median, 1, 1.001);
    }

    [Fact]
    public async Task Without_planting_there_are_none()
    {
        ModelInsight insight = await Inspect(DrawnModel.Write(_folder.File("plain.safetensors"), DrawnModel.Config with { PatchSize = 4 }, ImageSize.Square(64)), InsightParts.Norms);
        Assert.Equal(OutlierVerdict.None, insight.Outliers!.Verdict);
        Assert.Null(insight.Outliers.FirstLevel);
        Assert.Null(insight.Outliers.Places);
        Assert.NotNull(insight.Outliers.TopPlaces);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Every_kind_of_network_runs_through_every_part(string kind)
    {
        (VitConfig config, ImageSize size) = kind switch
        {
            "no registers" => (DrawnModel.Config with { Registers = 0 }, ImageSize.Square(64)),
            "class token" => (DrawnModel.Config with { Registers = 0, HasClassToken = true }, ImageSize.Square(64)),
            "registers and class token" => (DrawnModel.Config with { HasClassToken = true }, ImageSize.Square(64)),
            "attention pool" => (DrawnModel.Config with { HasAttentionPool = true }, ImageSize.Square(64)),
            "probing pool" => (DrawnModel.Config with { HasAttentionPool = true, AttentionPool = AttentionPoolType.EfficientProbing, PoolsSpecialTokens = true }, ImageSize.Square(64)),
            "wide" => (DrawnModel.Config, new ImageSize(40, 72)),
            "patch of 14" => (DrawnModel.Config with { PatchSize = 14 }, new ImageSize(56, 70)),
            "no positions" => (DrawnModel.Config with { HasPositions = false }, ImageSize.Square(64)),
            "query norm" => (DrawnModel.Config with { NormsQueriesAndKeys = true }, ImageSize.Square(64)),
            "layer norm" => (DrawnModel.Config with { Norm = NormType.LayerNorm }, ImageSize.Square(64)),
            _ => (DrawnModel.Config, ImageSize.Square(64)),
        };
        ModelInsight insight = await Inspect(DrawnModel.Write(_folder.File("model.safetensors"), config, size), Everything);
        int patches = insight.Plan.Grid.Patches;
        Assert.Equal(config.Depth + 1, insight.Norms.Length);
        Assert.Equal(config.Depth + 1, insight.Channels.Length);
        Assert.Equal(config.Depth, insight.Attention.Length);
        Assert.Equal(config.Registers > 0, insight.Registers is not null);
        Assert.Equal(config.Registers == 0, insight.Skipped.Any(skipped => skipped.Part == InsightParts.Registers));
        Assert.NotNull(insight.Local);
        Assert.Contains(insight.Global, row => row.Token == "patch mean");
        Assert.Equal(config.HasClassToken, insight.Global.Any(row => row.Token == "class token"));
        Assert.Equal(insight.Pictures.Count, insight.Lost!.Objects.Count);
        DrawnPicture drawn = insight.Pictures[0].Drawn!;
        Assert.Equal(config.Depth + 2, drawn.Levels.Count);
        Assert.All(drawn.Attention, block => Assert.Equal(config.Heads + 1, block.Length));
        Assert.All(drawn.Attention.SelectMany(block => block), head => Assert.Equal(insight.Plan.Layout.SpecialTokens + 1, head.Length));
        Assert.Equal(patches, drawn.Rollout.Length);
        Assert.Equal(config.HasAttentionPool, drawn.Pool.Length > 0);
        if (config.HasAttentionPool) Assert.All(drawn.Pool, row => Assert.Equal(patches, row.Length));
        foreach (AttentionResult block in insight.Attention)
        {
            Assert.All(block.Heads, head => Assert.InRange(head.TokenMass.Sum(), 0, 1));
            Assert.All(block.Heads, head => Assert.Equal(head.RegisterMass, head.TokenMass.Take(config.Registers).Sum(), 1e-6));
        }
    }

    [Fact]
    public async Task Only_what_a_part_needs_is_computed()
    {
        string path = DrawnModel.Write(_folder.File("model.safetensors"), DrawnModel.Config, ImageSize.Square(64));
        using ImageEncoder encoder = await ImageEncoder.LoadAsync(path);
        Assert.Equal(["block.2", "keys.2"], new ModelInspector(encoder, InsightParts.Lost).Asked.Select(output => output.Name));
        Assert.DoesNotContain(new ModelInspector(encoder, InsightParts.Norms).Asked, output => output.Name.StartsWith("attention", StringComparison.Ordinal));
        Assert.DoesNotContain(new ModelInspector(encoder, InsightParts.Usual).Asked, output => output.Name.StartsWith("values", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Pictures_are_the_same_whatever_their_neighbours_and_the_threads()
    {
        string path = DrawnModel.Write(_folder.File("model.safetensors"), DrawnModel.Config, ImageSize.Square(64));
        ModelInsight one = await Inspect(path, Everything, threads: 1), two = await Inspect(path, Everything, threads: 2);
        Assert.Equal(one.Norms[^1].Patches.Median, two.Norms[^1].Patches.Median);
        Assert.Equal(one.Local!.PixelError, two.Local!.PixelError);
        Assert.Equal(one.Global, two.Global);
        Assert.Equal(one.Lost!.Objects.Select(found => found.Found.Box), two.Lost!.Objects.Select(found => found.Found.Box));
    }

    [Fact]
    public async Task Pool_attention_of_a_network_without_a_pool_is_refused()
    {
        using ImageEncoder encoder = await ImageEncoder.LoadAsync(DrawnModel.Write(_folder.File("model.safetensors"), DrawnModel.Config, ImageSize.Square(64)));
        string picture = Directory.EnumerateFiles(TestFolders.InRepository("samples", "images"), "*.jpg").First();
        Assert.Contains("attention pool", Assert.Throws<ArgumentException>(() => encoder.Features(picture, EncoderOutput.PoolAttention)).Message, StringComparison.Ordinal);
        Assert.Equal(new TokenLayout(4, false, new PatchGrid(8, 8)), encoder.Layout);
        Assert.Equal("[64, 32]", encoder.Features(picture, EncoderOutput.PatchEmbedding)["patch_embedding"].Shape.ToString());
    }

    private static async Task<ModelInsight> Inspect(string model, InsightParts parts, int? threads = null)
    {
        using ImageEncoder encoder = await ImageEncoder.LoadAsync(model, new EncoderOptions { Threads = threads });
        ModelInspector inspector = new(encoder, parts, picture => picture.Name[0] % 2);
        EvenSource source = new(ImageSource.Folder(TestFolders.InRepository("samples", "images")), 500, inspector.Drawn, default);
        List<PictureStudy> pictures = [];
        await foreach (PictureStudy picture in inspector.MeasureAsync(source, null, default)) pictures.Add(picture);
        return inspector.Complete(pictures, null, default);
    }
}
