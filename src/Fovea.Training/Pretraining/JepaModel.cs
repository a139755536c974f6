using Fovea.Networks;
using Fovea.Training.Networks;
using Fovea.Training.Optimization;
using Fovea.Training.Sharding;
using Fovea.Training.Tensors;
using TorchSharp;
using static TorchSharp.torch;
using Functional = TorchSharp.torch.nn.functional;

namespace Fovea.Training.Pretraining;

/// <summary>
/// The three networks of I-JEPA (Assran et al. 2023): a context encoder and a predictor, which are trained, and a target encoder, which follows the
/// context encoder as a moving average and never has a gradient.
/// </summary>
internal sealed class JepaModel : IDisposable
{
    /// <summary>Where the context encoder's parameters lie in checkpoints.</summary>
    public const string ContextPrefix = "encoder.backbone.";

    /// <summary>Where the target encoder's parameters lie in checkpoints.</summary>
    public const string TargetPrefix = "target_encoder.backbone.";

    /// <summary>Where the predictor's parameters lie in checkpoints.</summary>
    public const string PredictorPrefix = "predictor.";

    private const double TargetNormEpsilon = 1e-5;

    private readonly ObjectiveSettings _objective;
    private readonly Tensor _positions;
    private readonly BatchShards<JepaShard> _shards;

    /// <param name="network">The encoder, without classes.</param>
    /// <param name="predictor">The predictor's numbers.</param>
    /// <param name="positions">The predictor's table, [patches, predictor width] row-major.</param>
    /// <param name="compute">What products are computed in.</param>
    /// <param name="device">Where the networks live; null: the processor.</param>
    /// <param name="shards">Threads that <see cref="Backward"/> divides a batch among; 1: libtorch divides every operation instead.</param>
    /// <param name="objective">The loss; null: the reference's.</param>
    /// <exception cref="ArgumentException">The objective's numbers cannot be.</exception>
    public JepaModel(
        VitNetwork network, PredictorConfig predictor, float[] positions, ComputeType compute = ComputeType.Float32, Device? device = null, int shards = 1, ObjectiveSettings? objective = null)
    {
        _objective = objective ?? new ObjectiveSettings();
        _objective.Check();
        Network = network;
        IReadOnlyList<Parameter> encoder = VitParameters.Of(network);
        // The context encoder comes first, so that it and the target encoder lie alike in their buffers.
        Trained = new FlatParameters(
            [.. encoder.Select(parameter => parameter with { Key = ContextPrefix + parameter.Key }), .. predictor.Contract(network.Config.Width).Select(parameter => parameter with { Key = PredictorPrefix + parameter.Key })],
            compute, hasGradients: true, device);
        Followed = new FlatParameters(encoder.Select(parameter => parameter with { Key = TargetPrefix + parameter.Key }), compute, hasGradients: false, device);
        _positions = tensor(positions, [network.Grid.Patches, predictor.Width]).to(device ?? CPU).DetachFromDisposeScope();
        TargetEncoder = new VitModule(network, new ParameterScope(Followed.Leaves, TargetPrefix));
        _shards = new BatchShards<JepaShard>(Enumerable.Range(0, shards).Select(shard => ShardOf(shard, shard == 0 ? Trained : Trained.AddReplica(), predictor)));
    }

    public VitNetwork Network { get; }

    /// <summary>Context encoder, then predictor.</summary>
    public FlatParameters Trained { get; }

    /// <summary>The target encoder; as long as the first part of <see cref="Trained"/> and laid out like it.</summary>
    public FlatParameters Followed { get; }

    public VitModule ContextEncoder => _shards.First.ContextEncoder;

    public VitModule TargetEncoder { get; }

    public Predictor Predictor => _shards.First.Predictor;

    /// <summary>Whether a parameter ever has a gradient: what comes behind the tokens (an attention pool, a norm of the embedding) takes no part in the loss.</summary>
    public static bool IsTrained(string key) =>
        !key.StartsWith($"{ContextPrefix}attn_pool.", StringComparison.Ordinal) && !key.StartsWith($"{ContextPrefix}embedding_norm.", StringComparison.Ordinal);

    /// <summary>The loss of one batch.</summary>
    /// <param name="images">[B, channels, height, width], normalised.</param>
    /// <param name="contexts">Patch numbers that the context encoder sees, [nE, B, Nc], int64.</param>
    /// <param name="targets">Patch numbers to predict, [nP, B, K], int64.</param>
    public JepaOutputs Forward(Tensor images, Tensor contexts, Tensor targets)
    {
        using ShardMeeting alone = new(1);
        return ForwardOf(_shards.First, alone, images, contexts, targets);
    }

    /// <summary>The loss of one batch and its gradients, complete in <see cref="FlatParameters.Gradients"/> of <see cref="Trained"/>, to which they are added.</summary>
    /// <param name="images">[B, channels, height, width], normalised.</param>
    /// <param name="contexts">Patch numbers that the context encoder sees, [nE, B, Nc], int64.</param>
    /// <param name="targets">Patch numbers to predict, [nP, B, K], int64.</param>
    /// <param name="weight">What the loss is multiplied by before the backward pass; 1 over the number of batches whose gradients are added up.</param>
    public JepaBatch Backward(Tensor images, Tensor contexts, Tensor targets, double weight = 1)
    {
        using DisposeScope scope = NewDisposeScope();
        using ShardMeeting meeting = new(_shards.SharesOf((int)images.shape[0]));
        JepaOutputs[] outputs = _shards.Run(
            (int)images.shape[0],
            share => (Images: share.Cut(images), Contexts: share.Cut(contexts, axis: 1), Targets: share.Cut(targets, axis: 1), Weight: share.Of(weight)),
            (shard, part) => BackwardOf(shard, meeting, part.Images, part.Contexts, part.Targets, part.Weight, weight));
        Trained.CollectGradients();
        return new JepaBatch([.. outputs.Select(output => output.Map(tensor => tensor.MoveToOtherDisposeScope(scope).MoveToOuterDisposeScope()))]);
    }

    /// <summary>The target encoder's patch tokens, each normalised over its channels without weights: [B, patches, C], float32, no gradient.</summary>
    public Tensor NormalisedTargets(Tensor images)
    {
        using IDisposable frozen = no_grad();
        Tensor tokens = TargetEncoder.Patches(TargetEncoder.Encode(images));
        return Functional.layer_norm(tokens.to(ScalarType.Float32), [tokens.shape[^1]], eps: TargetNormEpsilon);
    }

    public void Dispose()
    {
        _shards.Dispose();
        _positions.Dispose();
        Trained.Dispose();
        Followed.Dispose();
    }

    private JepaShard ShardOf(int number, FlatParameters parameters, PredictorConfig predictor) => new(
        number,
        new VitModule(Network, new ParameterScope(parameters.Leaves, ContextPrefix)),
        new Predictor(predictor, new ParameterScope(parameters.Leaves, PredictorPrefix), _positions));

    // The gradient of a mean over the batch is the sum of those of its shares, each weighted by its size.
    private JepaOutputs BackwardOf(JepaShard shard, ShardMeeting meeting, Tensor images, Tensor contexts, Tensor targets, double share, double weight)
    {
        using DisposeScope scope = NewDisposeScope();
        try
        {
            JepaOutputs outputs = ForwardOf(shard, meeting, images, contexts, targets);
            Tensor total = outputs.Loss.Times(share);
            (outputs.Spread is null ? total : total.Plus(outputs.Spread.Times(weight))).backward();
            return outputs.Detached();
        }
        catch (Exception failure)
        {
            meeting.Break(failure);
            throw;
        }
    }

    private JepaOutputs ForwardOf(JepaShard shard, ShardMeeting meeting, Tensor images, Tensor contexts, Tensor targets)
    {
        Tensor normalised = Targets(shard, meeting, images);
        long contextBlocks = contexts.shape[0], targetBlocks = targets.shape[0], batch = images.shape[0];
        Tensor wanted = TargetsFor(normalised, targets, contextBlocks);
        Tensor[] seen = [.. contexts.unbind(0).Select(keep => shard.ContextEncoder.Patches(shard.ContextEncoder.Encode(images, keep)))];
        Tensor context = seen.Length == 1 ? seen[0] : cat(seen, 0);                                              // [nE * B, Nc, C]
        Tensor predictions = shard.Predictor.Forward(context, contexts.view(contextBlocks * batch, -1), targets);
        Tensor loss = Functional.smooth_l1_loss(predictions.to(ScalarType.Float32), wanted);
        return new JepaOutputs(loss, predictions, wanted, normalised, _objective.HasSpread ? Spread(meeting.Gather(shard.Number, context.mean([1L]))) : null);
    }

    // Of the whole batch, whoever computes it: the gradients of the shards' own rows add up to that of the batch.
    private Tensor Spread(Tensor embeddings) =>
        SpreadLoss.Variance(embeddings).Times(_objective.VarianceWeight).Plus(SpreadLoss.Covariance(embeddings).Times(_objective.CovarianceWeight));

    private Tensor Targets(JepaShard shard, ShardMeeting meeting, Tensor images)
    {
        if (_objective.TargetNorm == TargetNorm.Token) return NormalisedTargets(images);
        using IDisposable frozen = no_grad();
        Tensor tokens = TargetEncoder.Patches(TargetEncoder.Encode(images)).to(ScalarType.Float32), rows = tokens.flatten(0, 1).to(ScalarType.Float64);
        Tensor sums = meeting.Gather(shard.Number, stack([rows.mean([0L]), (rows * rows).mean([0L]), tensor((double)rows.shape[0]).expand_as(rows[0])]).unsqueeze(0));   // [shards, 3, C]
        Tensor shares = sums.select(1, 2) / sums.select(1, 2).sum([0L], keepdim: true);
        Tensor mean = (sums.select(1, 0) * shares).sum([0L]), deviation = (sums.select(1, 1) * shares).sum([0L]).Minus(mean * mean).relu().Plus(TargetNormEpsilon).sqrt();
        return tokens.Minus(mean.to(ScalarType.Float32)) / deviation.to(ScalarType.Float32);
    }

    // Row (j * nE + e) * B + b holds target block j of picture b, whatever the context e.
    private static Tensor TargetsFor(Tensor normalised, Tensor targets, long contextBlocks)
    {
        using IDisposable frozen = no_grad();
        long blocks = targets.shape[0], batch = targets.shape[1], size = targets.shape[2], width = normalised.shape[2];
        Tensor each = normalised.unsqueeze(0).expand(blocks, -1, -1, -1).gather(2, targets.unsqueeze(-1).expand(-1, -1, -1, width));
        return each.unsqueeze(1).expand(-1, contextBlocks, -1, -1, -1).reshape(blocks * contextBlocks * batch, size, width);
    }
}
