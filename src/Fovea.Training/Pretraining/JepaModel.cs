using Fovea.Networks;
using Fovea.Training.Networks;
using Fovea.Training.Optimization;
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

    private readonly Tensor _positions;

    /// <param name="network">The encoder, without classes.</param>
    /// <param name="predictor">The predictor's numbers.</param>
    /// <param name="positions">The predictor's table, [patches, predictor width] row-major.</param>
    /// <param name="compute">What products are computed in.</param>
    /// <param name="device">Where the networks live; null: the processor.</param>
    public JepaModel(VitNetwork network, PredictorConfig predictor, float[] positions, ComputeType compute = ComputeType.Float32, Device? device = null)
    {
        Network = network;
        IReadOnlyList<Parameter> encoder = VitParameters.Of(network);
        // The context encoder comes first, so that it and the target encoder lie alike in their buffers.
        Trained = new FlatParameters(
            [.. encoder.Select(parameter => parameter with { Key = ContextPrefix + parameter.Key }), .. predictor.Contract(network.Config.Width).Select(parameter => parameter with { Key = PredictorPrefix + parameter.Key })],
            compute, hasGradients: true, device);
        Followed = new FlatParameters(encoder.Select(parameter => parameter with { Key = TargetPrefix + parameter.Key }), compute, hasGradients: false, device);
        _positions = tensor(positions, [network.Grid.Patches, predictor.Width]).to(device ?? CPU).DetachFromDisposeScope();
        ContextEncoder = new VitModule(network, new ParameterScope(Trained.Leaves, ContextPrefix));
        TargetEncoder = new VitModule(network, new ParameterScope(Followed.Leaves, TargetPrefix));
        Predictor = new Predictor(predictor, new ParameterScope(Trained.Leaves, PredictorPrefix), _positions);
    }

    public VitNetwork Network { get; }

    /// <summary>Context encoder, then predictor.</summary>
    public FlatParameters Trained { get; }

    /// <summary>The target encoder; as long as the first part of <see cref="Trained"/> and laid out like it.</summary>
    public FlatParameters Followed { get; }

    public VitModule ContextEncoder { get; }

    public VitModule TargetEncoder { get; }

    public Predictor Predictor { get; }

    /// <summary>Whether a parameter ever has a gradient: what comes behind the tokens (an attention pool, a norm of the embedding) takes no part in the loss.</summary>
    public static bool IsTrained(string key) =>
        !key.StartsWith($"{ContextPrefix}attn_pool.", StringComparison.Ordinal) && !key.StartsWith($"{ContextPrefix}embedding_norm.", StringComparison.Ordinal);

    /// <summary>The loss of one batch.</summary>
    /// <param name="images">[B, channels, height, width], normalised.</param>
    /// <param name="contexts">Patch numbers that the context encoder sees, [nE, B, Nc], int64.</param>
    /// <param name="targets">Patch numbers to predict, [nP, B, K], int64.</param>
    public JepaOutputs Forward(Tensor images, Tensor contexts, Tensor targets)
    {
        Tensor normalised = NormalisedTargets(images);
        long contextBlocks = contexts.shape[0], targetBlocks = targets.shape[0], batch = images.shape[0];
        Tensor wanted = TargetsFor(normalised, targets, contextBlocks);
        Tensor[] seen = [.. contexts.unbind(0).Select(keep => ContextEncoder.Patches(ContextEncoder.Encode(images, keep)))];
        Tensor context = seen.Length == 1 ? seen[0] : cat(seen, 0);                                              // [nE * B, Nc, C]
        Tensor predictions = Predictor.Forward(context, contexts.view(contextBlocks * batch, -1), targets);
        Tensor loss = Functional.smooth_l1_loss(predictions.to(ScalarType.Float32), wanted);
        return new JepaOutputs(loss, predictions, wanted, normalised);
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
        _positions.Dispose();
        Trained.Dispose();
        Followed.Dispose();
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
