using Fovea.Training.Data;
using Fovea.Training.Networks;
using Fovea.Training.Optimization;

namespace Fovea.Training.Runs.Recipes;

/// <summary>The recipes for detectors that come with the tool.</summary>
internal static class DetectionRecipes
{
    // Matrices decay; biases, norms, registers and positions do not.
    private static readonly WeightDecayRules MatricesOnly = new() { Biases = 0, Embeddings = 0, Norms = 0, SparesOneAxis = true };

    private static readonly Dictionary<string, DetectionRecipe> ByName = ((DetectionRecipe[])[BloodCells(), Frozen(), Large()]).ToDictionary(recipe => recipe.Name);

    /// <summary>All names.</summary>
    public static IEnumerable<string> Names => ByName.Keys;

    /// <summary>A recipe by name, or from a JSON file.</summary>
    /// <exception cref="RunException">There is neither, or the file is no recipe.</exception>
    public static DetectionRecipe Get(string nameOrFile)
    {
        if (ByName.TryGetValue(nameOrFile, out DetectionRecipe? recipe)) return recipe;
        if (!File.Exists(nameOrFile)) throw RunThrow.NoRecipe(nameOrFile, Names);
        return RecipeJson.Read<DetectionRecipe>(File.ReadAllText(nameOrFile), nameOrFile);
    }

    // Two hundred microscope pictures of 640 x 480 on a processor: they have no up and down, and half their size shows all cells.
    private static DetectionRecipe BloodCells() => new()
    {
        Name = "bccd-cpu",
        Encoder = PretrainingRecipes.Get("ijepa-photos").Encoder,
        ImageSize = new ImageSize(264, 360),
        Detector = new DetectorRecipe { Width = 96, Depth = 2, NormsFeatures = true },
        LayerDecay = new LayerDecay { Factor = 0.8 },
        Data = new DetectionDataRecipe { CacheMegabytes = 1_000, Augmentation = new DetectionAugmentation { VerticalFlipProbability = 0.5 } },
        Optimizer = new OptimizerRecipe
        {
            BatchSize = 8,
            Epochs = 50,
            LearningRate = new LearningRateSettings { Base = 1e-3, Unit = ScheduleUnit.Step, WarmUpEpochs = 1 },
            WeightDecay = new WeightDecaySettings { Start = 0.05, End = null },
            WeightDecayRules = MatricesOnly,
            ClipGradientNorm = 1,
        },
        Run = new DetectionRunRecipe { Compute = ComputeType.BFloat16 },
    };

    // Any pictures, an encoder that stays as it is: the first thing to try where time is short.
    private static DetectionRecipe Frozen() => new()
    {
        Name = "detect-frozen",
        Encoder = new EncoderRecipe { Network = "vit_reg4_m16_rms_avg", ImageSize = Fovea.ImageSize.Square(448) },
        ImageSize = Fovea.ImageSize.Square(448),
        Freezing = new Freezing { Body = true },
        Optimizer = new OptimizerRecipe
        {
            BatchSize = 8,
            Epochs = 12,
            LearningRate = new LearningRateSettings { Base = 1e-3, Unit = ScheduleUnit.Step, WarmUpEpochs = 1 },
            WeightDecay = new WeightDecaySettings { Start = 1e-4, End = null },
            WeightDecayRules = MatricesOnly,
            ClipGradientNorm = 1,
        },
        Run = new DetectionRunRecipe { Compute = ComputeType.BFloat16 },
    };

    // A large set on an accelerator: rates and decays of ViTDet (Li et al. 2022, appendix A.2) on the reference's head.
    private static DetectionRecipe Large() => new()
    {
        Name = "detect-large",
        Encoder = new EncoderRecipe { Network = "vit_reg4_m16_rms_avg", ImageSize = Fovea.ImageSize.Square(640) },
        ImageSize = Fovea.ImageSize.Square(640),
        LayerDecay = new LayerDecay { Factor = 0.8 },
        DropPath = 0.1,
        Average = new WeightAverageSettings { Decay = 0.9999 },
        Data = new DetectionDataRecipe { Augmentation = new DetectionAugmentation { MinScale = 0.1, MaxScale = 2 } },
        Optimizer = new OptimizerRecipe
        {
            BatchSize = 64,
            Epochs = 100,
            LearningRate = new LearningRateSettings { Base = 1e-4, Unit = ScheduleUnit.Step, WarmUpEpochs = 1 },
            WeightDecay = new WeightDecaySettings { Start = 0.1, End = null },
            WeightDecayRules = MatricesOnly,
            ClipGradientNorm = 1,
        },
        Run = new DetectionRunRecipe { Compute = ComputeType.BFloat16 },
    };
}
