using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Training.Networks;

/// <summary>`x + scale1 * attention(norm1(x))`, then `x + scale2 * mlp(norm2(x))` (Dosovitskiy et al. 2020, eq. 2-3). The residual stream stays float32.</summary>
internal sealed class TransformerBlock(ParameterScope parameters, Attention attention, IMlp mlp, NormType norm, double epsilon)
{
    private readonly Norm _norm1 = new(parameters.Below("norm1"), norm, epsilon);
    private readonly Norm _norm2 = new(parameters.Below("norm2"), norm, epsilon);
    private readonly Tensor? _scale1 = parameters.Find("layer_scale_1.gamma");
    private readonly Tensor? _scale2 = parameters.Find("layer_scale_2.gamma");

    /// <summary>One block; all tokens are attended to, but only those from <paramref name="first"/> on are computed.</summary>
    /// <param name="x">[batch, tokens, width].</param>
    /// <param name="first">The first token that is wanted.</param>
    /// <param name="drop">What both branches are multiplied with; null: nothing.</param>
    /// <returns>[batch, tokens - first, width], its last addition not yet made.</returns>
    public Residual Forward(Residual x, long first = 0, BranchFactors? drop = null)
    {
        // What backward does not need is freed here: without gradients nearly everything, with them about half.
        using DisposeScope scope = NewDisposeScope();
        (Tensor stream, Tensor normalised) = _norm1.Forward(x, attention.InputType);
        Residual attended = new(stream.narrow(1, first, stream.shape[1] - first), Dropped(Scaled(attention.Forward(normalised, first), _scale1), drop?.Attention));
        (stream, normalised) = _norm2.Forward(attended, mlp.InputType);
        return new Residual(stream, Dropped(Scaled(mlp.Forward(normalised), _scale2), drop?.Mlp)).MoveToOuterScope();
    }

    /// <summary>The attention weights of the block for its input, [batch, heads, tokens, tokens].</summary>
    public Tensor AttentionWeights(Tensor x) => attention.Weights(_norm1.Forward(x));

    private static Tensor Scaled(Tensor x, Tensor? scale) => scale is null ? x : (x * scale).to(x.dtype);

    private static Tensor Dropped(Tensor x, Tensor? factors) => factors is null ? x : (x * factors).to(x.dtype);
}
