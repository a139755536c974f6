using Fovea.Networks;
using Fovea.Tasks;
using Fovea.Training.Networks;
using static TorchSharp.torch;

namespace Fovea.Training.Tasks;

/// <summary>Encoder, pyramid and head, from pictures to what is said at every place.</summary>
internal sealed class DetectorNetwork
{
    private readonly DetectorConfig _config;
    private readonly FeaturePyramid _pyramid;
    private readonly FcosHead _head;

    /// <param name="encoder">The encoder, without a head of its own.</param>
    /// <param name="config">What stands on it.</param>
    /// <param name="parameters">The keys of <see cref="DetectorParameters"/>.</param>
    public DetectorNetwork(VitNetwork encoder, DetectorConfig config, ParameterScope parameters)
    {
        _config = config;
        Encoder = new VitModule(encoder, parameters.Below("backbone"));
        _pyramid = new FeaturePyramid(parameters.Below("pyramid"));
        _head = new FcosHead(parameters.Below("head"), config.Depth);
    }

    public VitModule Encoder { get; }

    /// <summary>The places of all levels for pictures of the encoder's size.</summary>
    public static Locations[] LocationsOf(VitNetwork encoder) => Locations.OfLevels(encoder.Size, DetectorConfig.GridsOf(encoder.Grid), DetectorConfig.CellSizesOf(encoder.Config.PatchSize));

    /// <summary>What the head says.</summary>
    /// <param name="images">[batch, channels, height, width], normalised.</param>
    /// <param name="isFrozen">Whether no gradient of the encoder is wanted.</param>
    /// <param name="drop">Stochastic depth of this batch; null: none.</param>
    public FcosOutputs Forward(Tensor images, bool isFrozen = false, DropPathFactors? drop = null) => _head.Forward(_pyramid.Forward(Map(images, isFrozen, drop)));

    private Tensor Map(Tensor images, bool isFrozen, DropPathFactors? drop)
    {
        using IDisposable? frozen = isFrozen ? no_grad() : null;
        Tensor? raw = null;
        int last = Encoder.Blocks.Count - 1;
        Tensor normed = Encoder.Encode(images, afterBlock: (block, tokens) => raw = block == last ? tokens : null, drop: drop);
        return Encoder.FeatureMap(_config.NormsFeatures ? normed : raw!);
    }
}
