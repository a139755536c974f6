using System.Text.Json.Nodes;
using Fovea.Networks;
using Fovea.Training.Networks;
using Fovea.Training.Optimization;
using Fovea.Training.Pretraining;

namespace Fovea.Training.Runs.Recipes;

/// <summary>The recipes that come with the tool.</summary>
internal static class PretrainingRecipes
{
    private static readonly Dictionary<string, PretrainingRecipe> ByName = ((PretrainingRecipe[])[Birder(), Paper(), Cifar10(), Photos()]).ToDictionary(recipe => recipe.Name);

    // Without it the recipes for processors collapse within an epoch: docs/results.md.
    private static ObjectiveSettings AgainstCollapse => new() { VarianceWeight = 0.1, CovarianceWeight = 0.004 };

    /// <summary>All names.</summary>
    public static IEnumerable<string> Names => ByName.Keys;

    /// <summary>A recipe by name, or from a JSON file.</summary>
    /// <exception cref="RunException">There is neither, or the file is no recipe.</exception>
    public static PretrainingRecipe Get(string nameOrFile)
    {
        if (ByName.TryGetValue(nameOrFile, out PretrainingRecipe? recipe)) return recipe;
        if (!File.Exists(nameOrFile)) throw RunThrow.NoRecipe(nameOrFile, Names);
        return RecipeJson.Read<PretrainingRecipe>(File.ReadAllText(nameOrFile), nameOrFile);
    }

    // The documented command of vit_reg4_m16_rms_avg_i-jepa: birder 0.6.2 on two processes of 320.
    private static PretrainingRecipe Birder() => new()
    {
        Name = "ijepa-birder",
        Encoder = new EncoderRecipe { Network = "vit_reg4_m16_rms_avg", ImageSize = ImageSize.Square(224) },
        Predictor = new PredictorRecipe { Depth = 6, Width = 384, Heads = 12 },
        Masks = new MaskSettings { Sampler = MaskSamplerKind.Compat },
        Data = new PretrainingDataRecipe(),
        Optimizer = new PretrainingOptimizerRecipe { BatchSize = 640, Epochs = 100, LearningRate = new LearningRateSettings { WarmUpEpochs = 5 } },
        Run = new PretrainingRunRecipe { Compute = ComputeType.BFloat16 },
    };

    // Assran et al. 2023, appendix A.1, ViT-B/16 on ImageNet; the authors' positions are fixed, ours are learned.
    private static PretrainingRecipe Paper() => new()
    {
        Name = "ijepa-paper",
        Encoder = new EncoderRecipe
        {
            Network = "vit_b16",
            Config = new JsonObject { ["class_token"] = false, ["drop_path_rate"] = 0 },
            ImageSize = ImageSize.Square(224),
            Channels = ChannelStatistics.ImageNet,
            StartValues = StartValueScheme.Paper,
        },
        Predictor = new PredictorRecipe { Depth = 6, Width = 384, Heads = 12, Positions = FrequencySpacing.BeforeLast },
        Masks = new MaskSettings { Sampler = MaskSamplerKind.Compat },
        Data = new PretrainingDataRecipe { Augmentation = AugmentationSettings.Paper },
        Optimizer = new PretrainingOptimizerRecipe
        {
            BatchSize = 2048,
            Epochs = 600,
            LearningRate = new LearningRateSettings { Unit = ScheduleUnit.Step, CountsFromOne = true, WarmUpStart = 0.1, WarmUpEpochs = 15 },
            WeightDecay = new WeightDecaySettings { Unit = ScheduleUnit.Step, CountsFromOne = true, Curve = Curve.Linear },
            WeightDecayRules = new WeightDecayRules { SparesOneAxis = true },
            Momentum = new MomentumSettings { Curve = Curve.Linear },
        },
        Run = new PretrainingRunRecipe { Compute = ComputeType.BFloat16 },
    };

    // Small pictures on a processor: many passes of a small encoder. Choices and failed tries: docs/results.md.
    private static PretrainingRecipe Cifar10() => new()
    {
        Name = "ijepa-cifar10",
        Encoder = new EncoderRecipe
        {
            Network = "vit_reg4_m16_rms_avg",
            Config = new JsonObject { ["patch_size"] = 4, ["num_layers"] = 6, ["num_heads"] = 3, ["hidden_dim"] = 192, ["mlp_dim"] = 768 },
            ImageSize = ImageSize.Square(32),
            Channels = new ChannelStatistics([0.4913, 0.4821, 0.4465], [0.2452, 0.2428, 0.2606]),
        },
        Predictor = new PredictorRecipe { Depth = 3, Width = 96, Heads = 3 },
        Masks = new MaskSettings { MinKeep = 4 },
        Objective = AgainstCollapse,
        Data = new PretrainingDataRecipe(),
        Optimizer = new PretrainingOptimizerRecipe
        {
            BatchSize = 128,
            Epochs = 30,
            LearningRate = new LearningRateSettings { Base = 1.5e-3, Unit = ScheduleUnit.Step, WarmUpEpochs = 1 },
            WeightDecay = new WeightDecaySettings { Start = 0.04, End = null },
            Momentum = new MomentumSettings { Start = 0.99, End = 0.9995 },
        },
        Run = new PretrainingRunRecipe { Compute = ComputeType.BFloat16, LogEvery = 20, HealthPictures = 5_000 },
    };

    // A few thousand photographs on a processor.
    private static PretrainingRecipe Photos() => new()
    {
        Name = "ijepa-photos",
        Encoder = new EncoderRecipe
        {
            Network = "vit_reg4_m16_rms_avg",
            Config = new JsonObject { ["patch_size"] = 12, ["num_layers"] = 6, ["num_heads"] = 4, ["hidden_dim"] = 256, ["mlp_dim"] = 1024 },
            ImageSize = ImageSize.Square(96),
        },
        Predictor = new PredictorRecipe { Depth = 3, Width = 128, Heads = 4 },
        Masks = new MaskSettings { MinKeep = 4 },
        Objective = AgainstCollapse,
        Data = new PretrainingDataRecipe { CacheMegabytes = 4_000 },
        Optimizer = new PretrainingOptimizerRecipe
        {
            BatchSize = 64,
            Epochs = 100,
            LearningRate = new LearningRateSettings { Base = 1e-3, Unit = ScheduleUnit.Step, WarmUpEpochs = 5 },
            WeightDecay = new WeightDecaySettings { Start = 0.04, End = null },
            Momentum = new MomentumSettings { Start = 0.99, End = 0.9995 },
        },
        Run = new PretrainingRunRecipe { Compute = ComputeType.BFloat16 },
    };
}
