using System.Collections.Frozen;
using Fovea.Networks;

namespace Fovea.Checkpoints;

/// <summary>A model read from a file: its description and every parameter of its network, at the picture size asked for.</summary>
/// <remarks>Weights may lie in the mapped file: nothing may use them after disposal.</remarks>
internal sealed class ModelFile : IDisposable
{
    private readonly Checkpoint _checkpoint;

    private ModelFile(Checkpoint checkpoint, ModelDescription description, IReadOnlyDictionary<string, Weight> weights, IReadOnlyDictionary<string, QuantizedMatrix> matrices)
    {
        _checkpoint = checkpoint;
        Description = description;
        Network = description.ToNetwork();
        Weights = weights;
        Matrices = matrices;
    }

    public string Path => _checkpoint.Path;

    /// <summary>Every file that has a part of it.</summary>
    public IReadOnlyList<MappedFile> Files => _checkpoint.Files;

    public ModelDescription Description { get; private set; }

    public VitNetwork Network { get; }

    /// <summary>Every parameter that is not one of <see cref="Matrices"/>.</summary>
    public IReadOnlyDictionary<string, Weight> Weights { get; }

    /// <summary>Matrices that the file has as bytes: those of an int8 `.onnx`.</summary>
    public IReadOnlyDictionary<string, QuantizedMatrix> Matrices { get; }

    /// <summary>Writes down where the model comes from; what is null stays as it is.</summary>
    public void Complete(ModelOrigin origin)
    {
        ModelOrigin known = Description.Origin ?? new ModelOrigin();
        Description = Description with { Origin = new ModelOrigin(origin.Run ?? known.Run, origin.Data ?? known.Data, origin.Licence ?? known.Licence) };
    }

    /// <summary>What the file was written for; float32 can be run as int8, bytes cannot become float32 again.</summary>
    public Precision Precision => Matrices.Count > 0 ? Precision.Int8 : Precision.Float32;

    /// <summary>Opens a `.pt`, `.safetensors` or `.onnx` file.</summary>
    /// <param name="path">The file; its name may tell the network.</param>
    /// <param name="network">The registered name of the network, where the file does not tell it.</param>
    /// <param name="size">Another picture size than the model's: the position table is resized as the reference's adjust_size does.</param>
    /// <exception cref="CheckpointException">The file is refused, is no model, or holds other parameters than its network has.</exception>
    /// <exception cref="ArgumentException">The network is not registered, the size is no multiple of its patches, or the file is an `.onnx` of another size.</exception>
    public static ModelFile Open(string path, string? network = null, ImageSize? size = null) => Open(path, network, size, detector: false);

    /// <summary>Opens the file of a detector: <see cref="Weights"/> has the keys of <see cref="DetectorParameters"/>, and <see cref="Network"/> is its encoder.</summary>
    /// <param name="path">What the trainer or the exporter of detectors wrote.</param>
    /// <param name="size">Another picture size than the detector's.</param>
    /// <exception cref="CheckpointException">The file is refused, or is no detector.</exception>
    /// <exception cref="ArgumentException">The size is no multiple of its patches, or the file is an `.onnx` of another size.</exception>
    public static ModelFile OpenDetector(string path, ImageSize? size = null) => Open(path, network: null, size, detector: true);

    /// <summary>Opens a file of whatever kind: <see cref="ModelDescription.Detector"/> tells which.</summary>
    /// <inheritdoc cref="Open(string, string?, ImageSize?)"/>
    public static ModelFile OpenAny(string path, string? network = null, ImageSize? size = null) => Open(path, network, size, detector: null);

    /// <summary>What model a checkpoint holds; its tensors are compared with the network's, but not read.</summary>
    /// <exception cref="CheckpointException">It is no model, tells no network, or holds other parameters than its network has.</exception>
    /// <exception cref="ArgumentException">The network asked for is not registered.</exception>
    public static (ModelDescription Description, StateDictionary State) Identify(Checkpoint checkpoint, string? network, ImageSize? size)
    {
        StateDictionary state = StateDictionary.Of(checkpoint);
        ModelDescription description = Describe(checkpoint, state, network, size);
        try
        {
            state.Check(description.Contract(), checkpoint.Path, description.Network);
        }
        catch (ArgumentException contradiction)
        {
            throw ModelThrow.BadDescription(checkpoint.Path, contradiction);
        }
        return (description, state);
    }

    public void Dispose() => _checkpoint.Dispose();

    private static ModelFile Open(string path, string? network, ImageSize? size, bool? detector)
    {
        Checkpoint checkpoint = Checkpoint.Open(path);
        try
        {
            (ModelDescription description, StateDictionary state) = Identify(checkpoint, network, size);
            if (description.Detector is not null && detector == false) throw ModelThrow.IsDetector(path);
            if (description.Detector is null && detector == true) throw ModelThrow.NoDetector(path);
            bool isResized = size is { } asked && asked != description.ImageSize;
            // Its positions may have been resized once already: twice would be another network than the source gives.
            if (isResized && checkpoint.Format == CheckpointFormat.Onnx) throw ModelThrow.FixedSize(path, description.ImageSize, size!.Value);
            Dictionary<string, Weight> weights = state.Weights(description.Contract());
            return isResized ? Resized(checkpoint, description, weights, size!.Value) : new ModelFile(checkpoint, description, weights, state.Matrices());
        }
        catch
        {
            checkpoint.Dispose();
            throw;
        }
    }

    // The file's own word comes first, then the reference's dictionary, then what the shapes of a bare state dictionary tell.
    private static ModelDescription Describe(Checkpoint checkpoint, StateDictionary state, string? network, ImageSize? size)
    {
        string path = checkpoint.Path;
        if (checkpoint.Metadata.TryGetValue(ModelDescriptionJson.Key, out string? own)) return ModelDescriptionJson.Read(own, path);
        ReferenceDescription? reference = checkpoint.Root is DictionaryValue root
            ? ReferenceDescription.Find(path, root)
            : ReferenceDescription.Find(path, checkpoint.Metadata);
        NetworkFinder finder = new(path, state, reference);
        string name = finder.Name(network);
        return reference?.For(name) ?? finder.Describe(name, size);
    }

    private static ModelFile Resized(Checkpoint checkpoint, ModelDescription description, Dictionary<string, Weight> weights, ImageSize size)
    {
        VitNetwork trained = description.ToNetwork(), resized = trained.WithSize(size);
        string key = description.Detector is null ? PositionTable.Key : DetectorParameters.BackbonePrefix + PositionTable.Key;
        if (weights.TryGetValue(key, out Weight table))
        {
            float[] values = PositionTable.Resize(
                table.Values.Span, trained.Config.Width, trained.SpecialPositions, trained.Grid, resized.Grid, PositionTable.Filter.Antialiased);
            weights[key] = new Weight(new TensorShape(1, resized.SpecialPositions + resized.Grid.Patches, trained.Config.Width), values);
        }
        return new ModelFile(checkpoint, description with { ImageSize = size }, weights, FrozenDictionary<string, QuantizedMatrix>.Empty);
    }
}
