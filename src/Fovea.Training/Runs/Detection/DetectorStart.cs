using Fovea.Checkpoints;
using Fovea.Hub;
using Fovea.Networks;
using Fovea.Training.Annotations;
using Fovea.Training.Networks;
using Fovea.Training.Runs.Recipes;

namespace Fovea.Training.Runs.Detection;

/// <summary>What a detector begins as: its encoder, what stands on it, and the values of its parameters.</summary>
internal sealed class DetectorStart : IDisposable
{
    private readonly ModelFile? _file;

    private DetectorStart(EncoderRecipe encoder, DetectorConfig detector, ModelFile? file = null)
    {
        _file = file;
        Encoder = encoder;
        Network = encoder.ToNetwork();
        Detector = detector;
        detector.Check(Network);
    }

    /// <summary>The encoder at the detector's picture size.</summary>
    public EncoderRecipe Encoder { get; }

    /// <summary>The same as a network, without classes.</summary>
    public VitNetwork Network { get; }

    /// <summary>Pyramid and head.</summary>
    public DetectorConfig Detector { get; }

    /// <summary>Every parameter; null where a checkpoint has them. They may lie in a mapped file: nothing may use them after disposal.</summary>
    public IReadOnlyDictionary<string, Weight>? Weights { get; private init; }

    /// <summary>Finds it.</summary>
    /// <param name="recipe">Names the model, or the encoder.</param>
    /// <param name="categories">The classes.</param>
    /// <param name="resumed">A run folder whose checkpoint has the values; null: the run begins.</param>
    /// <exception cref="RunException">Nothing to start from is named, or the run has other classes than the pictures.</exception>
    /// <exception cref="CheckpointException">The model is refused.</exception>
    /// <exception cref="HubException">A published model cannot be had.</exception>
    /// <exception cref="ArgumentException">The picture size does not fit the network, or its numbers contradict each other.</exception>
    public static DetectorStart Of(DetectionRecipe recipe, IReadOnlyList<CocoCategory> categories, string? resumed)
    {
        DetectorConfig detector = recipe.Detector.ToConfig(recipe.Freezing, categories.Select(category => category.Id));
        if (resumed is not null && File.Exists(Path.Combine(resumed, ModelReference.RunModel)))
        {
            using ModelFile served = ModelFile.OpenDetector(Path.Combine(resumed, ModelReference.RunModel));
            bool isSame = served.Description.Detector!.CategoryIds.SequenceEqual(detector.CategoryIds) && served.Description.ClassNames.SequenceEqual(categories.Select(category => category.Name));
            if (!isSame) throw RunThrow.OtherClasses(resumed, served.Description.ClassNames, [.. categories.Select(category => category.Name)]);
            return new DetectorStart(EncoderOf(served.Description), detector);
        }
        if (recipe.Model is null)
        {
            EncoderRecipe encoder = recipe.Encoder ?? throw RunThrow.NothingToStartFrom();
            return Fresh(encoder with { ImageSize = recipe.ImageSize }, detector, recipe, categories.Count);
        }
        ModelFile file = ModelFile.Open(ModelReference.ResolveAsync(recipe.Model).GetAwaiter().GetResult(), size: recipe.ImageSize);
        try
        {
            if (file.Precision == Precision.Int8) throw ModelThrow.NoFloats(file.Path);
            EncoderRecipe encoder = EncoderOf(file.Description);
            if (recipe.Start == StartWeights.Scratch)
            {
                file.Dispose();
                return Fresh(encoder, detector, recipe, categories.Count);
            }
            Dictionary<string, Weight> weights = StartsOf(encoder, detector, recipe, categories.Count);
            foreach (Parameter parameter in VitParameters.Of(encoder.ToNetwork())) weights[DetectorParameters.BackbonePrefix + parameter.Key] = file.Weights[parameter.Key];
            return new DetectorStart(encoder, detector, file) { Weights = weights };
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public void Dispose() => _file?.Dispose();

    private static DetectorStart Fresh(EncoderRecipe encoder, DetectorConfig detector, DetectionRecipe recipe, int classes) =>
        new(encoder, detector) { Weights = StartsOf(encoder, detector, recipe, classes) };

    private static Dictionary<string, Weight> StartsOf(EncoderRecipe encoder, DetectorConfig detector, DetectionRecipe recipe, int classes)
    {
        StartValues start = new(encoder.StartValues, recipe.Run.Seed);
        VitNetwork network = encoder.ToNetwork();
        Dictionary<string, Weight> body = start.OfEncoder(network);
        return body.Select(pair => KeyValuePair.Create(DetectorParameters.BackbonePrefix + pair.Key, pair.Value))
            .Concat(start.OfDetector(DetectorParameters.PyramidAndHead(network.Config.Width, detector, classes), body.Count)).ToDictionary();
    }

    private static EncoderRecipe EncoderOf(ModelDescription model) => new()
    {
        Network = model.Network,
        Config = VitConfigJson.Difference(model.Config, NamedNetworks.Get(model.Network)),
        ImageSize = model.ImageSize,
        Channels = model.Channels,
    };
}
