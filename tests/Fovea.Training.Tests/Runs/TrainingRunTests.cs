using Fovea.Tests;
using Fovea.Training.Networks;
using Fovea.Training.Runs;
using Fovea.Training.Runs.Recipes;

namespace Fovea.Training.Tests.Runs;

public sealed class TrainingRunTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 1)]
    [InlineData(false, 2)]
    public void Run_that_was_cancelled_and_resumed_equals_one_that_was_not(bool isBFloat16, int accumulation)
    {
        PretrainingRecipe recipe = SmallRun.Recipe(isBFloat16 ? ComputeType.BFloat16 : ComputeType.Float32, accumulation);
        string whole = _folder.File("whole"), parts = _folder.File("parts");
        SmallRun.Train(whole, recipe);
        foreach (long stop in (long[])[1, 4, 5, 7, long.MaxValue])
        {
            using CancellationTokenSource cancel = new();
            try
            {
                SmallRun.Train(parts, recipe, stepped: report =>
                {
                    if (report.Step == stop) cancel.Cancel();
                }, cancellation: cancel.Token);
            }
            catch (OperationCanceledException)
            {
            }
        }
        Assert.Equal(SmallRun.Losses(whole), SmallRun.Losses(parts));
        Assert.Equal(SmallRun.LastCheckpoint(whole), SmallRun.LastCheckpoint(parts));
        Assert.Equal(File.ReadAllBytes(Path.Combine(whole, "model.safetensors")), File.ReadAllBytes(Path.Combine(parts, "model.safetensors")));
    }

    [Fact]
    public void Run_has_a_loss_for_every_step_and_stops_where_it_is_told()
    {
        string folder = _folder.File("run");
        SmallRun.Train(folder, SmallRun.Recipe(), lastStep: 6);
        Assert.Equal(6, SmallRun.Losses(folder).Length);
        SmallRun.Train(folder, SmallRun.Recipe());
        Assert.Equal(Enumerable.Range(1, 15).Select(step => $"{step}"), SmallRun.Losses(folder).Select(line => line.Split(' ')[0]));
    }

    [Fact]
    public void Model_of_a_run_serves_at_once()
    {
        string folder = _folder.File("run");
        SmallRun.Train(folder, SmallRun.Recipe(), lastStep: 2);
        using ImageEncoder encoder = ImageEncoder.Load(folder);
        Assert.Equal(32, encoder.Width);
        Assert.Equal("drawn shapes", encoder.Description.Origin!.Data);
    }

    [Fact]
    public void Loss_that_is_not_finite_ends_the_run_before_the_step()
    {
        string folder = _folder.File("run");
        PretrainingRecipe wild = SmallRun.Recipe() with { Optimizer = SmallRun.Recipe().Optimizer with { ClipGradientNorm = null } };
        wild = RecipeJson.Set(wild, ["optimizer.learning_rate.base=1e30", "optimizer.learning_rate.warm_up_steps=0", "optimizer.learning_rate.shape=constant"]);
        RunException refusal = Assert.Throws<RunException>(() => SmallRun.Train(folder, wild));
        Assert.Contains("the loss is NaN at step", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("epoch 0", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("1E+30", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("pictures ", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_processes_cannot_train_in_one_folder()
    {
        using RunFolder first = RunFolder.Begin(_folder.File("run"), SmallRun.Recipe());
        Assert.Contains("another process trains", Assert.Throws<RunException>(() => RunFolder.Resume(_folder.File("run"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Folder_with_a_run_is_not_begun_again()
    {
        RunFolder.Begin(_folder.File("run"), SmallRun.Recipe()).Dispose();
        Assert.Contains("--resume", Assert.Throws<RunException>(() => RunFolder.Begin(_folder.File("run"), SmallRun.Recipe())).Message, StringComparison.Ordinal);
        Assert.Contains("no run to resume", Assert.Throws<RunException>(() => RunFolder.Resume(_folder.File("other"))).Message, StringComparison.Ordinal);
    }
}
