using Fovea.Tests;

namespace Fovea.Training.Cli.Tests;

public sealed class PretrainCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Run_leaves_recipe_metrics_checkpoints_report_and_a_model_that_serves()
    {
        string run = _folder.File("run");
        TrainRun trained = await TrainRun.Of(SmallTraining.Arguments(run));
        Assert.Equal((0, trained.Error), (trained.ExitCode, trained.Error));
        Assert.Contains("samples/images", trained.Error, StringComparison.Ordinal);
        Assert.Contains("12 steps", trained.Error, StringComparison.Ordinal);
        Assert.Equal(12, SmallTraining.Losses(run).Length);
        Assert.All((string[])["recipe.json", "metrics.jsonl", "report.html", "model.safetensors"], file => Assert.True(File.Exists(Path.Combine(run, file)), file));
        Assert.Equal(["step-12", "step-8"], Directory.GetDirectories(Path.Combine(run, "checkpoints")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.NotEmpty(Directory.GetFiles(run, "events.*"));
        using ImageEncoder encoder = ImageEncoder.Load(run);
        Assert.Equal(48, encoder.Embed(TestFolders.InRepository("samples", "images", Path.GetFileName(Directory.GetFiles(TestFolders.InRepository("samples", "images"), "*.png")[0]))).Length);
    }

    [Fact]
    public async Task Resolved_recipe_runs_again()
    {
        string first = _folder.File("first"), second = _folder.File("second");
        await TrainRun.Of(SmallTraining.Arguments(first, epochs: 2));
        TrainRun again = await TrainRun.Of("pretrain", "--recipe", Path.Combine(first, "recipe.json"), "-o", second, "--threads", "1");
        Assert.Equal((0, again.Error), (again.ExitCode, again.Error));
        Assert.Equal(SmallTraining.Losses(first), SmallTraining.Losses(second));
        Assert.Equal(SmallTraining.LastCheckpoint(first), SmallTraining.LastCheckpoint(second));
    }

    [Fact]
    public async Task Resume_goes_on_and_lists_what_another_recipe_would_change()
    {
        string run = _folder.File("run");
        await TrainRun.Of([.. SmallTraining.Arguments(run), "--max-steps", "5"]);
        Assert.Equal(5, SmallTraining.Losses(run).Length);
        (await TrainRun.Of([.. SmallTraining.Arguments(run), "--resume", "--set", "optimizer.epochs=9"])).AssertRefused(1, "optimizer.epochs was 3 and is 9");
        (await TrainRun.Of(SmallTraining.Arguments(run))).AssertRefused(1, "already holds a run", "--resume");
        TrainRun resumed = await TrainRun.Of("pretrain", "-o", run, "--resume", "--threads", "1");
        Assert.Equal((0, resumed.Error), (resumed.ExitCode, resumed.Error));
        Assert.Equal(12, SmallTraining.Losses(run).Length);
    }

    [Fact]
    public async Task Mistakes_are_answered_with_a_sentence()
    {
        string run = _folder.File("run"), empty = Directory.CreateDirectory(_folder.File("empty")).FullName;
        (await TrainRun.Of("pretrain", "-o", run)).AssertRefused(2, "no recipe is named", "ijepa-cifar10");
        (await TrainRun.Of("pretrain", "-o", run, "--recipe", "ijepa-cifar10")).AssertRefused(2, "no pictures are named", "--data");
        (await TrainRun.Of("pretrain", "-o", run, "--recipe", "ijepa-cifar11", "--data", empty)).AssertRefused(1, "'ijepa-cifar11' is no recipe", "ijepa-photos");
        (await TrainRun.Of("pretrain", "-o", run, "--recipe", "ijepa-cifar10", "--data", empty)).AssertRefused(1, "empty");
        (await TrainRun.Of("pretrain", "-o", run, "--recipe", "ijepa-cifar10", "--data", _folder.File("nowhere"))).AssertRefused(1, "nowhere");
        (await TrainRun.Of([.. SmallTraining.Arguments(run), "--set", "optimizer.epoch=3"])).AssertRefused(1, "there is no field 'epoch'", "epochs");
        (await TrainRun.Of([.. SmallTraining.Arguments(run), "--set", "optimizer.epochs=many"])).AssertRefused(1, "optimizer.epochs=many");
        (await TrainRun.Of([.. SmallTraining.Arguments(run), "--set", "encoder.image_size=[33,33]"])).AssertRefused(2, "33");
        (await TrainRun.Of([.. SmallTraining.Arguments(run), "--set", "masks.min_keep=40"])).AssertRefused(2, "min_keep");
        (await TrainRun.Of([.. SmallTraining.Arguments(run), "--set", "optimizer.batch_size=64"])).AssertRefused(1, "64");
        (await TrainRun.Of([.. SmallTraining.Arguments(run), "--max-steps", "0"])).AssertRefused(2, "'0' is no number of steps");
        (await TrainRun.Of([.. SmallTraining.Arguments(run), "--device", "cuda"])).AssertRefused(1, "CUDA");
        (await TrainRun.Of("pretrain", "-o", run, "--resume")).AssertRefused(1, "no run to resume");
        (await TrainRun.Of("pretrian")).AssertRefused(2, "there is no command 'pretrian'");
        Assert.False(Directory.Exists(run), "a refused run left its folder");
    }

    [Fact]
    public async Task Broken_pictures_are_replaced_and_listed_and_too_many_end_the_run()
    {
        string pictures = Directory.CreateDirectory(_folder.File("pictures")).FullName;
        foreach (string file in Directory.GetFiles(TestFolders.InRepository("samples", "images"), "*.*")) File.Copy(file, Path.Combine(pictures, Path.GetFileName(file)));
        await File.WriteAllBytesAsync(Path.Combine(pictures, "broken.png"), [0x89, .. "PNG\r\n"u8, 0x1A, (byte)'\n', 1, 2, 3], TestContext.Current.CancellationToken);
        string[] arguments = [.. SmallTraining.Arguments(_folder.File("run")).Select(argument => argument == TestFolders.InRepository("samples", "images") ? pictures : argument)];
        TrainRun run = await TrainRun.Of(arguments);
        Assert.Equal((0, run.Error), (run.ExitCode, run.Error));
        Assert.Contains("skipped broken.png", run.Error, StringComparison.Ordinal);
        for (int number = 0; number < 40; number++) File.Copy(Path.Combine(pictures, "broken.png"), Path.Combine(pictures, $"broken{number}.png"));
        arguments = [.. arguments.Select(argument => argument == _folder.File("run") ? _folder.File("other") : argument)];
        (await TrainRun.Of(arguments)).AssertRefused(1, "%");
    }
}
