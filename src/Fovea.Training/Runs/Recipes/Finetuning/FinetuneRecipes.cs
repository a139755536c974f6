using Fovea.Training.Networks;
using Fovea.Training.Optimization;
using Fovea.Training.Tasks;

namespace Fovea.Training.Runs.Recipes;

/// <summary>The recipes for classifiers that come with the tool.</summary>
internal static class FinetuneRecipes
{
    // Matrices decay; biases, norms, registers and positions do not.
    private static readonly WeightDecayRules MatricesOnly = new() { Biases = 0, Embeddings = 0, Norms = 0, SparesOneAxis = true };

    private static readonly Dictionary<string, FinetuneRecipe> ByName = ((FinetuneRecipe[])[Cpu(), Linear(), Large(), FewLabels()]).ToDictionary(recipe => recipe.Name);

    /// <summary>All names.</summary>
    public static IEnumerable<string> Names => ByName.Keys;

    /// <summary>A recipe by name, or from a JSON file.</summary>
    /// <exception cref="RunException">There is neither, or the file is no recipe.</exception>
    public static FinetuneRecipe Get(string nameOrFile)
    {
        if (ByName.TryGetValue(nameOrFile, out FinetuneRecipe? recipe)) return recipe;
        if (!File.Exists(nameOrFile)) throw RunThrow.NoRecipe(nameOrFile, Names);
        return RecipeJson.Read<FinetuneRecipe>(File.ReadAllText(nameOrFile), nameOrFile);
    }

    // Some thousand photographs on a processor; from scratch it is the network of ijepa-photos.
    private static FinetuneRecipe Cpu() => new()
    {
        Name = "classify-cpu",
        Encoder = PretrainingRecipes.Get("ijepa-photos").Encoder,
        LayerDecay = new LayerDecay { Factor = 0.75 },
        DropPath = 0.1,
        Loss = new ClassLossSettings { Smoothing = 0.1 },
        Data = new FinetuneDataRecipe { CacheMegabytes = 4_000 },
        Optimizer = new OptimizerRecipe
        {
            BatchSize = 64,
            Epochs = 50,
            LearningRate = new LearningRateSettings { Base = 1e-3, Unit = ScheduleUnit.Step, WarmUpEpochs = 5 },
            WeightDecay = new WeightDecaySettings { Start = 0.05, End = null },
            WeightDecayRules = MatricesOnly,
            ClipGradientNorm = 1,
        },
        Run = new FinetuneRunRecipe { Compute = ComputeType.BFloat16 },
    };

    // The reference's quick probe: one linear layer on embeddings that do not change, no decay, the rate by epoch from 1e-3 to 1e-5.
    private static FinetuneRecipe Linear() => new()
    {
        Name = "classify-linear",
        Encoder = PretrainingRecipes.Get("ijepa-photos").Encoder,
        Head = new HeadRecipe { Start = HeadStart.Reset },
        Freezing = new Freezing { Body = true },
        Data = new FinetuneDataRecipe { Augmentation = new FinetuneAugmentation { Level = 0 }, CacheMegabytes = 1_000 },
        Optimizer = new OptimizerRecipe
        {
            BatchSize = 128,
            Epochs = 50,
            LearningRate = new LearningRateSettings { Base = 1e-3, Minimum = 1e-5 },
            WeightDecay = new WeightDecaySettings { Start = 0, End = null },
        },
    };

    // A large set on a cluster: the published fine-tuning of an I-JEPA encoder on all of ImageNet (rate, decays, mixing), with the reference's augmentation and average.
    private static FinetuneRecipe Large() => new()
    {
        Name = "classify-large",
        Encoder = new EncoderRecipe { Network = "vit_reg4_m16_rms_avg", ImageSize = Fovea.ImageSize.Square(256) },
        LayerDecay = new LayerDecay { Factor = 0.75 },
        DropPath = 0.25,
        Loss = new ClassLossSettings { Smoothing = 0.1 },
        Mixing = new MixingSettings { MixupAlpha = 0.8, CutMix = true },
        Average = new WeightAverageSettings { Decay = 0.9999 },
        Data = new FinetuneDataRecipe { Augmentation = new FinetuneAugmentation { Level = 7 } },
        Optimizer = new OptimizerRecipe
        {
            BatchSize = 528,
            Epochs = 50,
            LearningRate = new LearningRateSettings { Base = 1e-4, Unit = ScheduleUnit.Step, WarmUpEpochs = 5 },
            WeightDecay = new WeightDecaySettings { Start = 0.04, End = null },
            WeightDecayRules = MatricesOnly,
        },
        Run = new FinetuneRunRecipe { Compute = ComputeType.BFloat16 },
    };

    // Few labels for a large encoder: the published fine-tuning of an I-JEPA encoder on a hundredth of ImageNet, with the reference's augmentation in the place of RandAugment.
    private static FinetuneRecipe FewLabels() => new()
    {
        Name = "classify-few",
        Encoder = new EncoderRecipe { Network = "vit_reg4_m16_rms_avg", ImageSize = Fovea.ImageSize.Square(224) },
        LayerDecay = new LayerDecay { Factor = 0.75 },
        Loss = new ClassLossSettings { Smoothing = 0.1 },
        Data = new FinetuneDataRecipe { Augmentation = new FinetuneAugmentation { ErasingProbability = 0 } },
        Optimizer = new OptimizerRecipe
        {
            BatchSize = 512,
            Epochs = 50,
            LearningRate = new LearningRateSettings { Base = 3e-5, Unit = ScheduleUnit.Step, WarmUpEpochs = 5 },
            WeightDecay = new WeightDecaySettings { Start = 0.05, End = null },
            WeightDecayRules = MatricesOnly,
        },
        Run = new FinetuneRunRecipe { Compute = ComputeType.BFloat16 },
    };
}
