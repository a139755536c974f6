using System.Text.Json.Nodes;
using Fovea.Training.Data;
using Fovea.Training.Networks;
using Fovea.Training.Optimization;
using Fovea.Training.Pretraining;
using Fovea.Training.Runs;
using Fovea.Training.Runs.Checkpoints;
using Fovea.Training.Runs.Jepa;
using Fovea.Training.Runs.Metrics;
using Fovea.Training.Runs.Recipes;
using Fovea.Training.Runs.Training;

namespace Fovea.Training.Tests.Runs;

/// <summary>A run of a few steps on drawn shapes.</summary>
internal static class SmallRun
{
    /// <summary>Five steps an epoch, three epochs.</summary>
    public static PretrainingRecipe Recipe(ComputeType compute = ComputeType.Float32, int accumulation = 1) => new()
    {
        Name = "small",
        Encoder = new EncoderRecipe
        {
            Network = "vit_reg4_m16_rms_avg",
            Config = new JsonObject { ["patch_size"] = 4, ["num_layers"] = 2, ["num_heads"] = 2, ["hidden_dim"] = 32, ["mlp_dim"] = 64 },
            ImageSize = ImageSize.Square(32),
        },
        Predictor = new PredictorRecipe { Depth = 2, Width = 16, Heads = 2 },
        Masks = new MaskSettings { MinKeep = 4 },
        Data = new PretrainingDataRecipe { Workers = 2 },
        Optimizer = new PretrainingOptimizerRecipe
        {
            BatchSize = 8,
            Epochs = 3,
            Accumulation = accumulation,
            ClipGradientNorm = 1,
            LearningRate = new LearningRateSettings { Unit = ScheduleUnit.Step, WarmUpSteps = 3 },
        },
        Run = new PretrainingRunRecipe { Seed = 7, Compute = compute, LogEvery = 1 },
    };

    /// <summary>Trains in a folder until a step, or to the end; goes on where the folder stands.</summary>
    public static void Train(string folder, PretrainingRecipe recipe, long? lastStep = null, Action<StepReport>? stepped = null, CancellationToken cancellation = default)
    {
        using ShapePictures shapes = new(43, ImageSize.Square(40), seed: 3);
        using PretrainingSetup setup = PretrainingSetup.Create(recipe, shapes, new ModelOrigin(Data: "drawn shapes"));
        using RunFolder run = File.Exists(Path.Combine(folder, "recipe.json")) ? RunFolder.Resume(folder) : RunFolder.Begin(folder, recipe);
        new TrainingRun(setup.Task, setup.Loop, run, recipe.Run, probe: null, new Observer(stepped), TimeProvider.System).Run(lastStep, cancellation);
    }

    /// <summary>Step and loss of every training line, as text.</summary>
    public static string[] Losses(string folder) =>
        [.. File.ReadAllLines(Path.Combine(folder, MetricsLog.FileName)).Select(line => JsonNode.Parse(line)!).Where(line => line["loss"] is not null).Select(line => $"{line["step"]} {line["loss"]!.ToJsonString()}")];

    /// <summary>The bytes of the last checkpoint.</summary>
    public static byte[] LastCheckpoint(string folder) => File.ReadAllBytes(Path.Combine(new RunCheckpoints(folder, 1).Latest()!.Value.Folder, "state.safetensors"));

    private sealed class Observer(Action<StepReport>? stepped) : IRunObserver
    {
        public void Begins(RunCounters counters, RunLength length, MetricsHistory history)
        {
        }

        public void Stepped(StepReport report, Throughput throughput) => stepped?.Invoke(report);

        public void Logged(MetricsLine line)
        {
        }

        public void Saved(RunCounters counters, MetricsHistory history)
        {
        }
    }
}
