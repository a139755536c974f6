using System.Text.Json.Nodes;
using Fovea.Training.Tests.Data.Detection;

namespace Fovea.Training.Cli.Tests;

public sealed class DetectCommandTests : IDisposable
{
    private static readonly ImageSize Size = new(48, 64);

    private readonly DetectionFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>Eight pictures are learned by heart: whatever is wrong with targets, losses or decoding keeps the figure down.</summary>
    [Fact]
    public async Task Run_learns_to_find_rectangles_and_leaves_a_detector_with_its_figures()
    {
        Draw("train", 8);
        string run = _folder.File("run");
        TrainRun trained = await TrainRun.Of([.. Arguments(run, epochs: 80, validation: "train")]);
        Assert.Equal((0, trained.Error), (trained.ExitCode, trained.Error));
        Assert.Contains("1 classes, 8 pictures to train on, 8 to measure on", trained.Error, StringComparison.Ordinal);
        Assert.All((string[])["recipe.json", "metrics.jsonl", "report.html", "model.safetensors", "validation.json", "detections.json"], file => Assert.True(File.Exists(Path.Combine(run, file)), file));
        JsonNode figures = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(run, "validation.json")))!;
        Assert.True((double)figures["summary"]!["AP50"]! > 0.9, $"AP50 is {figures["summary"]!["AP50"]}");
        Assert.Equal("cell", (string?)figures["per_category"]![0]!["name"]);
        Assert.NotEmpty(JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(run, "detections.json")))!.AsArray());
    }

    [Fact]
    public async Task Stopped_and_resumed_run_equals_an_uninterrupted_one()
    {
        Draw("train", 8);
        Draw("val", 2);
        string whole = _folder.File("whole"), parts = _folder.File("parts");
        string[] average = ["--set", "average.decay=0.9", "--set", "average.every=2", "--set", "average.warm_up_steps=2", "--set", "drop_path=0.2"];
        await TrainRun.Of([.. Arguments(whole, epochs: 3), .. average]);
        await TrainRun.Of([.. Arguments(parts, epochs: 3), .. average, "--max-steps", "3"]);
        TrainRun resumed = await TrainRun.Of("detect", "-o", parts, "--resume", "--threads", "1");
        Assert.Equal((0, resumed.Error), (resumed.ExitCode, resumed.Error));
        Assert.Equal(SmallTraining.Losses(whole), SmallTraining.Losses(parts));
        Assert.Equal(SmallTraining.LastCheckpoint(whole), SmallTraining.LastCheckpoint(parts));
    }

    [Fact]
    public async Task Detector_starts_from_an_encoder_and_is_refused_where_an_encoder_is_needed()
    {
        Draw("train", 8);
        Draw("val", 2);
        string encoder = _folder.File("encoder"), run = _folder.File("run");
        Assert.Equal(0, (await TrainRun.Of(SmallTraining.Arguments(encoder, epochs: 2))).ExitCode);
        TrainRun trained = await TrainRun.Of([.. From(encoder), "-o", run]);
        Assert.Equal((0, trained.Error), (trained.ExitCode, trained.Error));
        (await TrainRun.Of([.. From(run), "-o", _folder.File("other")])).AssertRefused(1, "is a detector", "fovea detect");

        string[] From(string model) =>
        [
            "detect", "--recipe", "bccd-cpu", "--data", _folder.File("train"), "--validation", _folder.File("val"), "--threads", "1", "--model", model,
            .. Small.SelectMany(setting => (string[])["--set", setting]), "--set", "optimizer.epochs=2",
        ];
    }

    [Fact]
    public async Task Mistakes_are_answered_with_a_sentence()
    {
        Draw("train", 8);
        Draw("val", 2);
        string run = _folder.File("run");
        (await TrainRun.Of("detect", "-o", run)).AssertRefused(2, "no recipe is named", "bccd-cpu");
        (await TrainRun.Of([.. Arguments(run, 1), "--set", "image_size=[50,64]"])).AssertRefused(2, "50");
        (await TrainRun.Of([.. Arguments(run, 1), "--set", "detector.width=40"])).AssertRefused(2, "multiple of 32");
        (await TrainRun.Of([.. Arguments(run, 1), "--set", "data.augmentation.hue=2"])).AssertRefused(2, "hue");
        (await TrainRun.Of([.. Arguments(run, 1), "--annotations", _folder.File("nowhere.json")])).AssertRefused(1, "nowhere.json");
        _folder.Text("val/odd.xml", DetectionFolder.Voc(Size, "dog", new BoundingBox(1, 1, 20, 20)));
        _folder.Picture("val/odd.png", Size, new BoundingBox(1, 1, 20, 20));
        (await TrainRun.Of(Arguments(run, 1))).AssertRefused(1, "dog in odd.png", "cell");
        File.Delete(_folder.File("val/odd.xml"));
        (await TrainRun.Of(Arguments(run, 1))).AssertRefused(1, "1 pictures have no annotations (odd.png)");
        Assert.False(Directory.Exists(run), "a refused run left its folder");
    }

    private static IEnumerable<string> Small =>
    [
        "detector.width=32", "detector.depth=1", "image_size=[48,64]", "optimizer.batch_size=4", "optimizer.learning_rate.base=0.003", "run.compute=float32", "run.log_every=1", "data.augmentation.crop_probability=0",
    ];

    private string[] Arguments(string run, int epochs, string validation = "val") =>
    [
        "detect", "--recipe", "bccd-cpu", "--data", _folder.File("train"), "--validation", _folder.File(validation), "-o", run, "--threads", "1",
        "--set", "encoder.config.patch_size=8", "--set", "encoder.config.num_layers=2", "--set", "encoder.config.hidden_dim=48", "--set", "encoder.config.num_heads=2", "--set", "encoder.config.mlp_dim=96",
        .. Small.SelectMany(setting => (string[])["--set", setting]), "--set", $"optimizer.epochs={epochs}",
    ];

    // Rectangles of drawn places and sizes.
    private void Draw(string folder, int count)
    {
        Random random = new(count);
        for (int number = 0; number < count; number++)
        {
            (int width, int height) = (random.Next(14, 30), random.Next(14, 30));
            (int left, int top) = (random.Next(Size.Width - width), random.Next(Size.Height - height));
            BoundingBox box = new(left, top, left + width, top + height);
            _folder.Picture($"{folder}/{number}.png", Size, box);
            _folder.Text($"{folder}/{number}.xml", DetectionFolder.Voc(Size, "cell", box));
        }
    }
}
