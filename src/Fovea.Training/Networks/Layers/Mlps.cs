using static TorchSharp.torch;

namespace Fovea.Training.Networks;

/// <summary>The feed-forward half of a block.</summary>
internal interface IMlp
{
    /// <summary>The type in which it reads its input without converting it.</summary>
    ScalarType InputType { get; }

    /// <summary>[batch, tokens, width] to the same.</summary>
    Tensor Forward(Tensor x);
}

/// <summary>Linear, activation, linear: keys 0 and 3 (1, 2 and 4 are activation and dropout).</summary>
internal sealed class FeedForward(ParameterScope parameters, Activation activation) : IMlp
{
    private readonly Linear _first = new(parameters.Below("0"));
    private readonly Linear _second = new(parameters.Below("3"));
    private readonly Tensor? _slope = parameters.Find("1.weight");

    public ScalarType InputType => _first.Type;

    public Tensor Forward(Tensor x) => _second.Forward(activation.Apply(_first.Forward(x), _slope));
}

/// <summary>A gated network (Shazeer 2020), with a norm inside where the configuration has one.</summary>
internal sealed class GatedMlp(ParameterScope parameters, Activation activation, Norm? norm) : IMlp
{
    private readonly Linear _gate = new(parameters.Below("fc1_g"));
    private readonly Linear _value = new(parameters.Below("fc1_x"));
    private readonly Linear _output = new(parameters.Below("fc2"));
    private readonly Tensor? _slope = parameters.Find("act.weight");

    public ScalarType InputType => _gate.Type;

    public Tensor Forward(Tensor x)
    {
        Tensor hidden = activation.Apply(_gate.Forward(x), _slope) * _value.Forward(x);
        return _output.Forward(norm?.Forward(hidden) ?? hidden);
    }
}

/// <summary>A soft mixture of experts (Puigcerver et al. 2023, eq. 1-3), with the reference's RMS norms on tokens and slots.</summary>
internal sealed class SoftMixture : IMlp
{
    private readonly Tensor _slots;                                                // [experts, slots, width]
    private readonly Norm _tokenNorm, _slotNorm;
    private readonly FeedForward[] _experts;

    public SoftMixture(ParameterScope parameters, int experts, Activation activation, double epsilon)
    {
        _slots = parameters["slot_embeds"];
        _tokenNorm = new Norm(parameters.Below("token_norm"), NormType.RmsNorm, epsilon);
        _slotNorm = new Norm(parameters.Below("slot_norm"), NormType.RmsNorm, epsilon);
        _experts = [.. Enumerable.Range(0, experts).Select(expert => new FeedForward(parameters.Below($"experts.{expert}"), activation))];
    }

    public ScalarType InputType => ScalarType.Float32;

    public Tensor Forward(Tensor x)
    {
        Tensor scores = _tokenNorm.Forward(x).matmul(_slotNorm.Forward(_slots.flatten(0, 1)).transpose(0, 1));       // [batch, tokens, experts * slots]
        Tensor inputs = scores.softmax(1).transpose(1, 2).matmul(x);               // dispatch: over tokens
        Tensor[] own = inputs.chunk(_experts.Length, 1);
        Tensor outputs = cat([.. _experts.Zip(own, (expert, slots) => expert.Forward(slots))], 1);
        return scores.softmax(-1).matmul(outputs.to(scores.dtype));                // combine: over slots
    }
}
