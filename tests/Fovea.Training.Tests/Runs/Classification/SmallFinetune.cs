using System.Text.Json.Nodes;
using Fovea.Training.Networks;
using Fovea.Training.Optimization;
using Fovea.Training.Runs.Checkpoints;
using Fovea.Training.Runs.Classification;
using Fovea.Training.Runs.Metrics;
using Fovea.Training.Runs.Recipes;
using Fovea.Training.Runs.Training;
using Fovea.Training.Tasks;

namespace Fovea.Training.Tests.Runs;

/// <summary>A classifier trained for some seconds on drawn pictures.</summary>
internal sealed class SmallFinetune
{
    /// <summary>What was said and warned of.</summary>
    public List<string> Said { get; } = [];

    /// <summary>Everything on that a recipe can turn on.</summary>
    public static FinetuneRecipe Everything(string data, ComputeType compute) => Recipe(data) with
    {
        DropPath = 0.2,
        LayerDecay = new LayerDecay { Factor = 0.7 },
        Loss = new ClassLossSettings { Smoothing = 0.1, ClassWeights = ClassWeighting.Sqrt },
        Mixing = new MixingSettings { MixupAlpha = 0.8, CutMix = true },
        Average = new WeightAverageSettings { Decay = 0.99, Every = 2 },
        Data = new FinetuneDataRecipe { Sources = [data], Workers = 2, HeldOut = 0.25, Augmentation = new FinetuneAugmentation { Level = 6 } },
        Run = new FinetuneRunRecipe { Seed = 7, LogEvery = 1, Compute = compute },
    };

    /// <summary>Two blocks of width 32, batches of 8.</summary>
    public static FinetuneRecipe Recipe(string data, int epochs = 3) => new()
    {
        Name = "small",
        Encoder = new EncoderRecipe
        {
            Network = "vit_reg4_m16_rms_avg",
            Config = new JsonObject { ["patch_size"] = 8, ["num_layers"] = 2, ["num_heads"] = 2, ["hidden_dim"] = 32, ["mlp_dim"] = 64 },
            ImageSize = ImageSize.Square(24),
        },
        Data = new FinetuneDataRecipe { Sources = [data], Workers = 2, HeldOut = 0.25, Augmentation = new FinetuneAugmentation { Level = 0 } },
        Optimizer = new OptimizerRecipe
        {
            BatchSize = 8,
            Epochs = epochs,
            LearningRate = new LearningRateSettings { Base = 2e-3, Unit = ScheduleUnit.Step, WarmUpSteps = 2 },
            WeightDecay = new WeightDecaySettings { Start = 0.05, End = null },
        },
        Run = new FinetuneRunRecipe { Seed = 7, LogEvery = 1 },
    };

    /// <summary>Trains in a folder; goes on where it stands.</summary>
    public static SmallFinetune Train(string folder, FinetuneRecipe recipe, long? lastStep = null, Action<StepReport>? stepped = null, CancellationToken cancellation = default)
    {
        SmallFinetune run = new();
        TrainingSession session = new(new Observer(stepped), run.Said.Add, run.Said.Add);
        new FinetuneSession(recipe, session).Run(folder, File.Exists(Path.Combine(folder, "recipe.json")), lastStep, null, cancellation);
        return run;
    }

    /// <summary>All values of a figure, in the order of the steps.</summary>
    public static double[] Figures(string folder, Metric metric) => [.. new MetricsHistory(MetricsLog.Read(folder))[metric].Select(point => point.Value)];

    /// <summary>Every line of metrics without the figures of time.</summary>
    public static string[] Lines(string folder) => [.. MetricsLog.Read(folder).Select(line => $"{line.Step}: {string.Join(", ", line.Values.Where(value => !value.Metric.IsTimed).Select(value => $"{value.Metric.Name} {value.Value:R}"))}")];

    /// <summary>The bytes of the last checkpoint.</summary>
    public static byte[] LastCheckpoint(string folder) => File.ReadAllBytes(RunCheckpoints.StateOf(new RunCheckpoints(folder, 1).Latest()!.Value.Folder));

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
