using Fovea.Checkpoints;
using Fovea.Networks;
using Fovea.Tasks;
using Fovea.Training.Data;
using Fovea.Training.Networks;
using Fovea.Training.Optimization;
using Fovea.Training.Sharding;
using Fovea.Training.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Training.Tasks;

/// <summary>A detector that is trained: its parameters, gradients, and optionally a moving average of it, which is then what detects.</summary>
internal sealed class DetectorModel : IDisposable
{
    private readonly BatchShards<DetectorNetwork> _shards;
    private readonly DetectorNetwork _served;
    private readonly Freezing _freezing;
    private readonly LayerDecay _layerDecay;

    /// <param name="encoder">The encoder, without a head of its own.</param>
    /// <param name="config">What stands on it.</param>
    /// <param name="classes">Classes of the head.</param>
    /// <param name="freezing">Which parts of the encoder stay as they are.</param>
    /// <param name="layerDecay">Which of the others have a rate too small to be trained.</param>
    /// <param name="isAveraged">Whether a moving average follows.</param>
    /// <param name="compute">What products are computed in.</param>
    /// <param name="device">Where it lives; null: the processor.</param>
    /// <param name="shards">Threads that a batch is divided among.</param>
    /// <exception cref="ArgumentException">The encoder cannot carry the detector.</exception>
    public DetectorModel(VitNetwork encoder, DetectorConfig config, int classes, Freezing freezing, LayerDecay layerDecay, bool isAveraged = false, ComputeType compute = ComputeType.Float32, Device? device = null, int shards = 1)
    {
        config.Check(encoder);
        (Encoder, Config, Classes, _freezing, _layerDecay) = (encoder, config, classes, freezing, layerDecay);
        Levels = DetectorNetwork.LocationsOf(encoder);
        IReadOnlyList<Parameter> contract = DetectorParameters.Of(encoder, config, classes);
        Trained = new FlatParameters(contract, compute, hasGradients: true, device, IsTrained);
        if (isAveraged) Followed = new FlatParameters(contract.Select(parameter => parameter with { Key = ClassifierModel.AveragePrefix + parameter.Key }), compute, hasGradients: false, device);
        _shards = new BatchShards<DetectorNetwork>([.. Enumerable.Range(0, shards).Select(shard => NetworkOf(shard == 0 ? Trained : Trained.AddReplica()))]);
        _served = Followed is null ? _shards.First : NetworkOf(Followed, ClassifierModel.AveragePrefix);
    }

    public VitNetwork Encoder { get; }

    public DetectorConfig Config { get; }

    /// <summary>Classes of the head.</summary>
    public int Classes { get; }

    /// <summary>The places at which it predicts.</summary>
    public Locations[] Levels { get; }

    /// <summary>What the optimiser moves: encoder, pyramid, head.</summary>
    public FlatParameters Trained { get; }

    /// <summary>The moving average; null: none.</summary>
    public FlatParameters? Followed { get; }

    /// <summary>Whether a parameter ever has a gradient: frozen ones do not, nor what lies behind the encoder's tokens.</summary>
    public bool IsTrained(string key)
    {
        // The encoder has no head of its own here, so its last block has the whole rate.
        if (!_layerDecay.Trains(key, Encoder.Config.Depth, Encoder.Config.Depth)) return false;
        if (!key.StartsWith(DetectorParameters.BackbonePrefix, StringComparison.Ordinal)) return true;
        string inner = key[DetectorParameters.BackbonePrefix.Length..];
        if (_freezing.Body || inner.StartsWith("attn_pool.", StringComparison.Ordinal) || inner.StartsWith("embedding_norm.", StringComparison.Ordinal)) return false;
        return _freezing.Trains(inner, Encoder.Config.Depth) && (Config.NormsFeatures || !inner.StartsWith("norm.", StringComparison.Ordinal));
    }

    /// <summary>Sets every value; the average begins as a copy.</summary>
    /// <param name="weights">By the keys of <see cref="DetectorParameters"/>.</param>
    public void Load(IReadOnlyDictionary<string, Weight> weights)
    {
        Trained.Load(weights);
        Followed?.Load(weights.ToDictionary(pair => ClassifierModel.AveragePrefix + pair.Key, pair => pair.Value));
    }

    /// <summary>The values of what detects, copied: the average where there is one.</summary>
    public IEnumerable<KeyValuePair<string, Weight>> Save() => Followed is null ? Trained.Save() : Followed.Save().Select(pair => KeyValuePair.Create(pair.Key[ClassifierModel.AveragePrefix.Length..], pair.Value));

    /// <summary>The losses of one batch and their gradients, which are added to those of <see cref="Trained"/>.</summary>
    /// <param name="images">[pictures, channels, height, width], normalised.</param>
    /// <param name="targets">What is in each picture.</param>
    /// <param name="weight">What gradients are multiplied by.</param>
    /// <param name="drop">Stochastic depth; null: none.</param>
    public DetectorLosses Backward(Tensor images, IReadOnlyList<DetectionTarget> targets, double weight, DropPathFactors? drop = null)
    {
        LabelledBox[][] objects = [.. targets.Select(target => target.Objects)];
        FcosTargets whole = FcosTargets.Of(Levels, objects);
        using DisposeScope scope = NewDisposeScope();
        DetectorLosses[] losses = _shards.Run(
            objects.Length,
            share => (Images: share.Cut(images), Targets: FcosTargets.Of(Levels, objects[(int)share.First..(int)(share.First + share.Count)]), Drop: drop?.Cut(share.Cut)),
            (network, part) => Backward(network, part.Images, part.Targets, part.Drop, whole.Found.Length, weight));
        Trained.CollectGradients();
        return new DetectorLosses(losses.Sum(loss => loss.Classes), losses.Sum(loss => loss.Boxes), losses.Sum(loss => loss.Centres), whole.Found.Length);
    }

    /// <summary>What is found in some pictures, by the model that serves.</summary>
    /// <param name="images">[pictures, channels, height, width], normalised.</param>
    /// <param name="pictures">The part of each input that is picture.</param>
    /// <param name="settings">What becomes a detection.</param>
    /// <returns>For each picture, best first, in pixels of the input.</returns>
    public List<ScoredBox>[] Detect(Tensor images, IReadOnlyList<ImageSize> pictures, DetectionSettings settings)
    {
        using IDisposable frozen = no_grad();
        using DisposeScope scope = NewDisposeScope();
        FcosOutputs outputs = _served.Forward(images).Map(tensor => tensor.cpu().contiguous());
        float[] classes = outputs.ClassLogits.data<float>().ToArray(), distances = outputs.Distances.data<float>().ToArray(), centres = outputs.CentreLogits.data<float>().ToArray();
        DetectionDecoder decoder = new(settings);
        int places = Levels.Sum(level => level.Count);
        return [.. pictures.Select((size, picture) => decoder.Decode(MapsOf(picture * places), Classes, size))];

        List<DetectorMaps<float>> MapsOf(int first)
        {
            List<DetectorMaps<float>> maps = [];
            foreach (Locations level in Levels)
            {
                maps.Add(new(level, classes.AsMemory(first * Classes, level.Count * Classes), distances.AsMemory(4 * first, 4 * level.Count), centres.AsMemory(first, level.Count)));
                first += level.Count;
            }
            return maps;
        }
    }

    public void Dispose()
    {
        _shards.Dispose();
        Trained.Dispose();
        Followed?.Dispose();
    }

    private DetectorNetwork NetworkOf(FlatParameters parameters, string prefix = "") => new(Encoder, Config, new ParameterScope(parameters.Leaves, prefix));

    private DetectorLosses Backward(DetectorNetwork network, Tensor images, FcosTargets targets, DropPathFactors? drop, int found, double weight)
    {
        using DisposeScope scope = NewDisposeScope();
        FcosLoss loss = FcosLoss.Of(network.Forward(images, _freezing.Body, drop), targets, found);
        loss.Total.Times(weight).backward();
        return new DetectorLosses(loss.Classes.ToDouble(), loss.Boxes.ToDouble(), loss.Centres.ToDouble(), targets.Found.Length);
    }
}

/// <summary>The losses of a batch as numbers.</summary>
/// <param name="Classes">Focal loss.</param>
/// <param name="Boxes">1 - GIoU.</param>
/// <param name="Centres">Cross-entropy of centre-ness.</param>
/// <param name="Found">Places that belong to objects.</param>
internal readonly record struct DetectorLosses(double Classes, double Boxes, double Centres, int Found)
{
    public double Total => Classes + Boxes + Centres;
}
