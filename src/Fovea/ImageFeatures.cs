using System.Collections;
using System.Diagnostics.CodeAnalysis;
using Fovea.Networks;

namespace Fovea;

/// <summary>One output of an encoder for one picture.</summary>
/// <param name="Name">`neck`, `tokens`, `embedding`, ...</param>
/// <param name="Shape">As <see cref="EncoderOutput"/> says for that name, without a batch axis.</param>
/// <param name="Values">Row-major float32.</param>
public sealed record ImageFeature(string Name, TensorShape Shape, ReadOnlyMemory<float> Values);

/// <summary>What was asked of an encoder for one picture, by name and in the order asked. Immutable.</summary>
[SuppressMessage("Naming", "CA1710", Justification = "Features are what the field calls them; they happen to be enumerable.")]
public sealed class ImageFeatures : IReadOnlyCollection<ImageFeature>
{
    private readonly ImageFeature[] _features;
    private readonly VitNetwork _network;

    internal ImageFeatures(ImageFeature[] features, VitNetwork network)
    {
        _features = features;
        _network = network;
    }

    /// <summary>Number of outputs.</summary>
    public int Count => _features.Length;

    /// <summary>An output by name. The last feature map answers to `neck` and to the reference's own name for it, `stage1` when there is one.</summary>
    /// <exception cref="KeyNotFoundException">It was not asked for; the message lists what was.</exception>
    public ImageFeature this[string name]
    {
        get
        {
            ArgumentNullException.ThrowIfNull(name);
            string alias = name == ModelDescription.Neck ? LastStage : name == LastStage ? ModelDescription.Neck : name;
            return Array.Find(_features, feature => feature.Name == name) ?? Array.Find(_features, feature => feature.Name == alias) ??
                throw new KeyNotFoundException($"'{name}' was not asked for; there is {string.Join(", ", _features.Select(feature => feature.Name))}.");
        }
    }

    /// <inheritdoc/>
    public IEnumerator<ImageFeature> GetEnumerator() => _features.AsEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private string LastStage => EncoderOutput.Stage(_network.StageBlocks.Length).Name;
}
