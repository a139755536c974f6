using System.Diagnostics;
using System.Text.Json.Nodes;
using Fovea.Tests;
using Fovea.Training.Tests.Runs;

namespace Fovea.Training.Cli.Tests;

public sealed class FinetuneCommandTests : IDisposable
{
    private const int Kills = 6;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Folders_become_a_classifier_that_is_measured_and_fine_tuned_again()
    {
        string data = DrawnClasses.Write(_folder.File("data"), 24, 1), test = DrawnClasses.Write(_folder.File("test"), 10, 2), run = _folder.File("run"), again = _folder.File("again");
        TrainRun trained = await TrainRun.Of(Arguments(data, run, epochs: 16));
        Assert.Equal((0, trained.Error), (trained.ExitCode, trained.Error));
        Assert.Contains("2 classes, 44 pictures to train on, 4 to measure on (held out of them).", trained.Error, StringComparison.Ordinal);
        Assert.All((string[])["recipe.json", "metrics.jsonl", "report.html", "model.safetensors", "validation.json", "confusion.png"], file => Assert.True(File.Exists(Path.Combine(run, file)), file));

        TrainRun measured = await TrainRun.Of("evaluate", "classification", run, "--test", test, "--json", "-o", _folder.File("reports"));
        Assert.Equal((0, measured.Error), (measured.ExitCode, measured.Error));
        Assert.Equal(1, (double)JsonNode.Parse(measured.Output)!["model"]!["top1"]!["value"]!);
        Assert.Equal(["classification-model.json", "classification-model.png"], Directory.GetFiles(_folder.File("reports")).Select(Path.GetFileName).Order(StringComparer.Ordinal));

        TrainRun onward = await TrainRun.Of("finetune", "--recipe", "classify-linear", "--data", data, "--validation", test, "-m", run, "-o", again, "--threads", "1", "--set", "optimizer.batch_size=8", "--set", "optimizer.epochs=2");
        Assert.Equal((0, onward.Error), (onward.ExitCode, onward.Error));
        using ImageClassifier classifier = ImageClassifier.Load(again);
        Assert.Equal(["blue", "green"], classifier.ClassNames);
    }

    [Fact]
    public async Task Resume_goes_on_and_lists_what_another_recipe_would_change()
    {
        string data = DrawnClasses.Write(_folder.File("data"), 24, 1), run = _folder.File("run");
        await TrainRun.Of([.. Arguments(data, run, epochs: 3), "--max-steps", "4"]);
        (await TrainRun.Of([.. Arguments(data, run, epochs: 3), "--resume", "--set", "loss.smoothing=0.2"])).AssertRefused(1, "loss.smoothing was 0.1 and is 0.2");
        (await TrainRun.Of("finetune", "-o", run, "--resume", "-m", "other")).AssertRefused(1, "model was null and is", "other");
        (await TrainRun.Of([.. Arguments(data, run, epochs: 3)])).AssertRefused(1, "already holds a run");
        DrawnClasses.Write(data, 2, 3, classes: 3);
        (await TrainRun.Of("finetune", "-o", run, "--resume")).AssertRefused(1, "2 classes (blue, green)", "3 (blue, green, red)");
        Directory.Delete(Path.Combine(data, "red"), recursive: true);
        TrainRun resumed = await TrainRun.Of("finetune", "-o", run, "--resume", "--threads", "1");
        Assert.Equal((0, resumed.Error), (resumed.ExitCode, resumed.Error));
        Assert.Equal(15, SmallTraining.Losses(run).Length);
    }

    [Fact]
    public async Task Mistakes_are_answered_with_a_sentence()
    {
        string data = DrawnClasses.Write(_folder.File("data"), 12, 1), run = _folder.File("run"), flat = Directory.CreateDirectory(_folder.File("flat")).FullName;
        File.Copy(Path.Combine(data, "blue", "000.png"), Path.Combine(flat, "000.png"));
        (await TrainRun.Of("finetune", "-o", run)).AssertRefused(2, "no recipe is named", "classify-cpu");
        (await TrainRun.Of("finetune", "-o", run, "--recipe", "classify-cpu")).AssertRefused(2, "no pictures are named");
        (await TrainRun.Of("finetune", "-o", run, "--recipe", "classify", "--data", data)).AssertRefused(1, "'classify' is no recipe", "classify-linear");
        (await TrainRun.Of("finetune", "-o", run, "--recipe", "classify-cpu", "--data", flat)).AssertRefused(1, "000.png", "no class folder");
        (await TrainRun.Of("finetune", "-o", run, "--recipe", "classify-cpu", "--data", data, "-m", _folder.File("nothing"))).AssertRefused(1, "nothing");
        (await TrainRun.Of([.. Arguments(data, run), "--set", "encoder=null"])).AssertRefused(1, "neither a model nor an encoder", "--model");
        (await TrainRun.Of([.. Arguments(data, run), "--set", "loss.smoothing=0.6"])).AssertRefused(2, "label smoothing of 0.6");
        (await TrainRun.Of([.. Arguments(data, run), "--set", "loss.class_weights=balanced", "--set", "data.sampling=sqrt"])).AssertRefused(2, "loss.class_weights or data.sampling");
        (await TrainRun.Of([.. Arguments(data, run), "--set", "drop_path=1"])).AssertRefused(2, "drop path of 1");
        (await TrainRun.Of([.. Arguments(data, run), "--set", "layer_decay.factor=2"])).AssertRefused(2, "layer decay is 2");
        (await TrainRun.Of([.. Arguments(data, run), "--set", "mixing.mixup_alpha=0"])).AssertRefused(2, "mixing.mixup_alpha is 0");
        (await TrainRun.Of([.. Arguments(data, run), "--set", "run.patience=0"])).AssertRefused(2, "run.patience is 0");
        (await TrainRun.Of([.. Arguments($"{data}@2", run), "--set", "data.sampling=balanced"])).AssertRefused(2, "@factor");
        (await TrainRun.Of([.. Arguments(data, run), "--set", "average.decay=2"])).AssertRefused(2, "decay of the average is 2");
        (await TrainRun.Of([.. Arguments(data, run), "--set", "data.augmentation.level=11"])).AssertRefused(2, "level 11");
        (await TrainRun.Of([.. Arguments(data, run), "--set", "image_size=[25,25]"])).AssertRefused(2, "25");
        (await TrainRun.Of([.. Arguments(data, run), "--set", "optimizer.batch_size=64"])).AssertRefused(1, "64");
        (await TrainRun.Of([.. Arguments(data, run), "--set", "head.start=new"])).AssertRefused(1, "head.start=new");
        Assert.False(Directory.Exists(run), "a refused run left its folder");
        await TrainRun.Of(SmallTraining.Arguments(run, epochs: 2));
        (await TrainRun.Of("evaluate", "classification", run, "--test", data)).AssertRefused(1, "has no head");
    }

    [Fact]
    public void Kills_at_seeded_moments_change_nothing()
    {
        string data = DrawnClasses.Write(_folder.File("data"), 24, 1), whole = Path.Combine(_folder.File("whole"), "run"), killed = Path.Combine(_folder.File("killed"), "run");
        Finish(Arguments(data, whole, epochs: 30));
        Random random = new(20260101);
        for (int kill = 0; kill < Kills; kill++)
        {
            using Process process = Start(File.Exists(Path.Combine(killed, "recipe.json")) ? ["finetune", "-o", killed, "--resume", "--threads", "1"] : Arguments(data, killed, epochs: 30));
            long moment = Lines(killed) + random.Next(1, 20);
            while (!process.HasExited && Lines(killed) < moment) Thread.Yield();
            process.Kill();
            process.WaitForExit();
        }
        Finish(["finetune", "-o", killed, "--resume", "--threads", "1"]);
        Assert.Equal(SmallTraining.Losses(whole), SmallTraining.Losses(killed));
        Assert.Equal(SmallTraining.LastCheckpoint(whole), SmallTraining.LastCheckpoint(killed));
        foreach (string file in (string[])["model.safetensors", "validation.json", "confusion.png"]) Assert.Equal(File.ReadAllBytes(Path.Combine(whole, file)), File.ReadAllBytes(Path.Combine(killed, file)));
        Assert.Empty(Directory.GetFileSystemEntries(killed, "*.partial", SearchOption.AllDirectories));
    }

    private static string[] Arguments(string data, string run, int epochs = 2) =>
    [
        "finetune", "--recipe", "classify-cpu", "--data", data, "-o", run, "--threads", "1", "--set", "encoder.image_size=[24,24]", "--set", "encoder.config.num_layers=2", "--set", "encoder.config.hidden_dim=32",
        "--set", "encoder.config.num_heads=2", "--set", "encoder.config.mlp_dim=64", "--set", "encoder.config.patch_size=8", "--set", "optimizer.batch_size=8", "--set", $"optimizer.epochs={epochs}",
        "--set", "optimizer.learning_rate.base=0.003", "--set", "optimizer.learning_rate.warm_up_epochs=1", "--set", "data.augmentation.level=1", "--set", "run.log_every=1",
    ];

    private static long Lines(string folder)
    {
        string metrics = Path.Combine(folder, "metrics.jsonl");
        if (!File.Exists(metrics)) return 0;
        using FileStream stream = new(metrics, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using StreamReader reader = new(stream);
        return reader.ReadToEnd().Count(letter => letter == '\n');
    }

    private static void Finish(string[] arguments)
    {
        using Process process = Start(arguments);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }

    private static Process Start(string[] arguments) =>
        Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Fovea.Training.Cli.dll"), .. arguments, "--quiet"]))!;
}
