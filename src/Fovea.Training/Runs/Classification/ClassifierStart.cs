using Fovea.Checkpoints;
using Fovea.Hub;
using Fovea.Networks;
using Fovea.Training.Networks;
using Fovea.Training.Runs.Recipes;

namespace Fovea.Training.Runs.Classification;

/// <summary>What a classifier begins as: its network, and the values of its parameters.</summary>
internal sealed class ClassifierStart : IDisposable
{
    private const string HeadPrefix = "classifier.";

    private readonly ModelFile? _file;

    private ClassifierStart(EncoderRecipe encoder, int classes, ModelFile? file = null)
    {
        _file = file;
        Encoder = encoder;
        Network = encoder.ToNetwork(classes);
    }

    /// <summary>The encoder at its picture size.</summary>
    public EncoderRecipe Encoder { get; }

    /// <summary>The encoder with a head for all classes.</summary>
    public VitNetwork Network { get; }

    /// <summary>Every parameter; null where a checkpoint has them. They may lie in a mapped file: nothing may use them after disposal.</summary>
    public IReadOnlyDictionary<string, Weight>? Weights { get; private init; }

    /// <summary>Finds it.</summary>
    /// <param name="recipe">Names the model, or the encoder.</param>
    /// <param name="classes">The classes of the pictures.</param>
    /// <param name="resumed">A run folder whose checkpoint has the values; null: the run begins.</param>
    /// <exception cref="RunException">The model's head is of other classes, or nothing to start from is named.</exception>
    /// <exception cref="CheckpointException">The model is refused.</exception>
    /// <exception cref="HubException">A published model cannot be had.</exception>
    /// <exception cref="ArgumentException">The picture size does not fit the network, or its numbers contradict each other.</exception>
    public static ClassifierStart Of(FinetuneRecipe recipe, ClassList classes, string? resumed)
    {
        if (resumed is not null && File.Exists(Path.Combine(resumed, ModelReference.RunModel)))
        {
            using ModelFile served = ModelFile.Open(Path.Combine(resumed, ModelReference.RunModel));
            CheckClasses(resumed, served.Description, classes);
            return new ClassifierStart(EncoderOf(served.Description, recipe.Head), classes.Count);
        }
        if (recipe.Model is null)
        {
            EncoderRecipe encoder = recipe.Encoder ?? throw RunThrow.NothingToStartFrom();
            return Fresh(WithHead(encoder with { ImageSize = recipe.ImageSize ?? encoder.ImageSize }, recipe.Head), recipe, classes);
        }
        ModelFile file = ModelFile.Open(ModelReference.ResolveAsync(recipe.Model).GetAwaiter().GetResult(), size: recipe.ImageSize);
        try
        {
            if (file.Precision == Precision.Int8) throw ModelThrow.NoFloats(file.Path);
            EncoderRecipe encoder = EncoderOf(file.Description, recipe.Head);
            if (recipe.Start == StartWeights.Model) return OfModel(file, encoder, recipe, classes);
            file.Dispose();
            return Fresh(encoder, recipe, classes);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public void Dispose() => _file?.Dispose();

    private static ClassifierStart Fresh(EncoderRecipe encoder, FinetuneRecipe recipe, ClassList classes) =>
        new(encoder, classes.Count) { Weights = StartsOf(encoder, recipe, classes) };

    private static ClassifierStart OfModel(ModelFile file, EncoderRecipe encoder, FinetuneRecipe recipe, ClassList classes)
    {
        bool keepsHead = recipe.Head.Start == HeadStart.Model && file.Description.Outputs > 0;
        if (keepsHead)
        {
            CheckClasses(recipe.Model!, file.Description, classes);
            if (encoder.ToConfig().HasMlpHead != file.Description.Config.HasMlpHead) throw ClassificationThrow.HeadOfOtherKind(recipe.Model!);
        }
        Dictionary<string, Weight> starts = StartsOf(encoder, recipe, classes);
        return new ClassifierStart(encoder, classes.Count, file)
        {
            Weights = starts.Keys.ToDictionary(key => key, key => keepsHead || !key.StartsWith(HeadPrefix, StringComparison.Ordinal) ? file.Weights[key] : starts[key]),
        };
    }

    private static Dictionary<string, Weight> StartsOf(EncoderRecipe encoder, FinetuneRecipe recipe, ClassList classes) =>
        new StartValues(encoder.StartValues, recipe.Run.Seed).OfEncoder(encoder.ToNetwork(classes.Count), resetsHead: recipe.Head.Start != HeadStart.Zero);

    private static EncoderRecipe EncoderOf(ModelDescription model, HeadRecipe head) => WithHead(
        new EncoderRecipe
        {
            Network = model.Network,
            Config = VitConfigJson.Difference(model.Config, NamedNetworks.Get(model.Network)),
            ImageSize = model.ImageSize,
            Channels = model.Channels,
        },
        head);

    private static EncoderRecipe WithHead(EncoderRecipe encoder, HeadRecipe head) => head.Mlp is not { } isMlp
        ? encoder
        : encoder with { Config = VitConfigJson.Difference(encoder.ToConfig() with { HasMlpHead = isMlp }, NamedNetworks.Get(encoder.Network)) };

    // Numbers alone fit any names of the same number.
    private static void CheckClasses(string model, ModelDescription description, ClassList classes)
    {
        bool areNamed = description.ClassNames.Length > 0 && classes.Names.Count > 0;
        if (description.Outputs == classes.Count && (!areNamed || description.ClassNames.SequenceEqual(classes.Names))) return;
        throw ClassificationThrow.HeadOfOtherClasses(model, description.ClassNames.Length > 0 ? description.ClassNames : new ClassList([], description.Outputs).All, classes.All);
    }
}
