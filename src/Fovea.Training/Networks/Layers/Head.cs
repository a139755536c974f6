using static TorchSharp.torch;

namespace Fovea.Training.Networks;

/// <summary>The classifier on an embedding: one linear layer, or linear, GELU, layer norm, linear.</summary>
internal sealed class Head(ParameterScope parameters, bool isMlp)
{
    private const double Epsilon = 1e-6;

    private readonly Linear _first = new(isMlp ? parameters.Below("0") : parameters);
    private readonly Norm? _norm = isMlp ? new Norm(parameters.Below("2"), NormType.LayerNorm, Epsilon) : null;
    private readonly Linear? _last = isMlp ? new Linear(parameters.Below("3")) : null;

    /// <summary>[batch, width] to [batch, classes].</summary>
    public Tensor Forward(Tensor embedding)
    {
        Tensor x = _first.Forward(embedding);
        return _last is null ? x : _last.Forward(_norm!.Forward(Activation.Gelu.Apply(x)));
    }
}
