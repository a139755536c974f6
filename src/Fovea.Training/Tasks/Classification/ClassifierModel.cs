using Fovea.Checkpoints;
using Fovea.Networks;
using Fovea.Training.Networks;
using Fovea.Training.Optimization;
using Fovea.Training.Sharding;
using Fovea.Training.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Training.Tasks;

/// <summary>An encoder with a head, trained as far as its parameters are, optionally with a moving average of all of them.</summary>
internal sealed class ClassifierModel : IDisposable
{
    /// <summary>Where the average lies in checkpoints.</summary>
    public const string AveragePrefix = "average.";

    private readonly BatchShards<VitModule> _shards;

    /// <param name="network">The encoder with its classes.</param>
    /// <param name="compute">What products are computed in.</param>
    /// <param name="isTrained">Which parameters are trained.</param>
    /// <param name="isAveraged">Whether there is an average of the weights, which then serves.</param>
    /// <param name="device">Where the network lives; null: the processor.</param>
    /// <param name="shards">Threads that <see cref="Backward"/> divides a batch among; 1: libtorch divides every operation instead.</param>
    public ClassifierModel(VitNetwork network, ComputeType compute, Func<string, bool> isTrained, bool isAveraged = false, Device? device = null, int shards = 1)
    {
        Network = network;
        IReadOnlyList<Parameter> contract = VitParameters.Of(network);
        Trained = new FlatParameters(contract, compute, hasGradients: true, device, isTrained);
        if (isAveraged) Followed = new FlatParameters(contract.Select(parameter => parameter with { Key = AveragePrefix + parameter.Key }), compute, hasGradients: false, device);
        _shards = new BatchShards<VitModule>(Enumerable.Range(0, shards).Select(shard => new VitModule(network, (shard == 0 ? Trained : Trained.AddReplica()).Leaves)));
        Served = Followed is null ? _shards.First : new VitModule(network, new ParameterScope(Followed.Leaves, AveragePrefix));
    }

    public VitNetwork Network { get; }

    /// <summary>What the optimiser moves.</summary>
    public FlatParameters Trained { get; }

    /// <summary>The average of the weights; null: none.</summary>
    public FlatParameters? Followed { get; }

    /// <summary>The network that is measured and serves: the average where there is one.</summary>
    public VitModule Served { get; }

    /// <summary>Sets every value.</summary>
    public void Load(IReadOnlyDictionary<string, Weight> weights)
    {
        Trained.Load(weights);
        Followed?.Load(weights.ToDictionary(pair => AveragePrefix + pair.Key, pair => pair.Value));
    }

    /// <summary>Every value that serves, by the network's own keys, copied.</summary>
    public IEnumerable<KeyValuePair<string, Weight>> Save() => Followed is null ? Trained.Save() : Followed.Save().Select(pair => KeyValuePair.Create(pair.Key[AveragePrefix.Length..], pair.Value));

    /// <summary>The loss of one batch and its gradients, complete in <see cref="FlatParameters.Gradients"/> of <see cref="Trained"/>, to which they are added.</summary>
    /// <param name="batch">Pictures and targets.</param>
    /// <param name="loss">What of them is made small.</param>
    /// <param name="weight">What the loss is multiplied by before the backward pass; 1 over the number of batches whose gradients are added up.</param>
    /// <returns>The mean loss and the logits, [pictures, classes], float32, without graph, in the caller's dispose scope.</returns>
    public (double Loss, Tensor Logits) Backward(ClassifierBatch batch, ClassLoss loss, double weight = 1)
    {
        using DisposeScope scope = NewDisposeScope();
        (double Sum, Tensor Logits)[] parts = _shards.Run(
            (int)batch.Inputs.shape[0],
            share => batch with { Inputs = share.Cut(batch.Inputs), Targets = share.Cut(batch.Targets), Drop = batch.Drop?.Cut((tensor, axis) => share.Cut(tensor, axis)) },
            (module, part) => BackwardOf(module, part, loss, weight));
        Trained.CollectGradients();
        Tensor[] logits = [.. parts.Select(part => part.Logits.MoveToOtherDisposeScope(scope))];
        return (parts.Sum(part => part.Sum) / batch.Divisor, (logits.Length == 1 ? logits[0] : cat(logits, 0)).MoveToOuterDisposeScope());
    }

    /// <summary>Embeddings without gradient, every picture computed by itself, so that its numbers do not depend on its neighbours; the threads share the pictures.</summary>
    /// <param name="images">[pictures, channels, height, width], normalised.</param>
    /// <returns>[pictures][width].</returns>
    public float[][] EmbedEach(Tensor images)
    {
        using DisposeScope scope = NewDisposeScope();
        return [.. _shards.Run((int)images.shape[0], share => share.Cut(images), EmbedEach).SelectMany(part => part)];
    }

    /// <summary>[pictures, classes], float32, without gradient.</summary>
    /// <param name="module">The network, one of this object's.</param>
    /// <param name="images">[pictures, channels, height, width], normalised.</param>
    public static Tensor Logits(VitModule module, Tensor images)
    {
        using IDisposable frozen = no_grad();
        return module.Classify(module.Embed(module.Encode(images))).to(ScalarType.Float32);
    }

    public void Dispose()
    {
        _shards.Dispose();
        Trained.Dispose();
        Followed?.Dispose();
    }

    private static float[][] EmbedEach(VitModule module, Tensor images) => [.. Enumerable.Range(0, (int)images.shape[0]).Select(picture =>
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable frozen = no_grad();
        return module.Embed(module.Encode(images.narrow(0, picture, 1))).to(ScalarType.Float32).cpu().data<float>().ToArray();
    })];

    private static (double Sum, Tensor Logits) BackwardOf(VitModule module, ClassifierBatch batch, ClassLoss loss, double weight)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor embedding = batch.AreEmbeddings ? batch.Inputs : module.Embed(module.Encode(batch.Inputs, drop: batch.Drop));
        Tensor logits = module.Classify(embedding).to(ScalarType.Float32);
        Tensor sum = loss.Sum(logits, batch.Targets);
        sum.Times(weight / batch.Divisor).backward();
        return (sum.ToDouble(), logits.detach().DetachFromDisposeScope());
    }
}

/// <summary>What a step of a classifier learns from.</summary>
/// <param name="Inputs">[pictures, channels, height, width], or the embeddings of a frozen body, [pictures, width].</param>
/// <param name="Targets">[pictures, classes], shares that sum to 1.</param>
/// <param name="Divisor">What makes a mean of the summed loss: of the whole batch, also for a part of it.</param>
/// <param name="Drop">Stochastic depth; null: none.</param>
/// <param name="AreEmbeddings">Whether the inputs are embeddings.</param>
internal sealed record ClassifierBatch(Tensor Inputs, Tensor Targets, double Divisor, DropPathFactors? Drop = null, bool AreEmbeddings = false);
