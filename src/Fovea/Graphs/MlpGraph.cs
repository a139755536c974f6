using System.Globalization;
using Fovea.Networks;

namespace Fovea.Graphs;

/// <summary>The feed-forward half of a block: plain, gated, gated with a norm, or a soft mixture of experts.</summary>
internal sealed class MlpGraph(OnnxGraph graph, VitNetwork network, ParameterLookup parameters)
{
    private readonly VitConfig _config = network.Config;

    public Value Write(Value x, string prefix, int block)                          // [batch * tokens, width]
    {
        if (network.HasExperts(block)) return SoftMixture(x, prefix);
        return network.IsGated ? Gated(x, prefix) : FeedForward(x, prefix, network.BlockActivation);
    }

    /// <summary>Linear, activation, linear: keys 0 and 3 (1, 2 and 4 are activation and dropout).</summary>
    public Value FeedForward(Value x, string prefix, Activation activation)
    {
        Value hidden = parameters.Linear(x, $"{prefix}.0");                                   // [rows, mlpWidth]
        return parameters.Linear(graph.Activate(hidden, activation, () => parameters[$"{prefix}.1.weight"]), $"{prefix}.3");
    }

    private Value Gated(Value x, string prefix)
    {
        Value gate = graph.Activate(parameters.Linear(x, $"{prefix}.fc1_g"), network.BlockActivation, () => parameters[$"{prefix}.act.weight"]);
        Value hidden = graph.Multiply(gate, parameters.Linear(x, $"{prefix}.fc1_x"));         // [rows, mlpWidth]
        if (_config.Mlp == MlpType.GatedWithNorm) hidden = parameters.Norm(hidden, $"{prefix}.norm", _config.Norm, _config.NormEpsilon);
        return parameters.Linear(hidden, $"{prefix}.fc2");
    }

    // Puigcerver et al. 2023, eq. 1-3, with the reference's RMS norms on tokens and slots.
    private Value SoftMixture(Value x, string prefix)
    {
        int experts = _config.SoftMoeExperts!.Value, slots = _config.SoftMoeSlots;
        Value tokens = graph.Reshape(x, -1, network.Tokens, _config.Width);        // [batch, tokens, width]
        Value phi = graph.Reshape(parameters[$"{prefix}.slot_embeds"], experts * slots, _config.Width);
        Value normedTokens = parameters.Norm(tokens, $"{prefix}.token_norm", NormType.RmsNorm, _config.NormEpsilon);
        Value normedSlots = parameters.Norm(phi, $"{prefix}.slot_norm", NormType.RmsNorm, _config.NormEpsilon);
        Value scores = graph.MatMul(normedTokens, graph.Transpose(normedSlots, 1, 0));       // [batch, tokens, experts * slots]
        Value dispatch = graph.Softmax(scores, 1);                                 // over tokens
        Value combine = graph.Softmax(scores, -1);                                 // over all slots
        Value inputs = graph.MatMul(graph.Transpose(dispatch, 0, 2, 1), tokens);   // [batch, experts * slots, width]
        List<Value> outputs = [];
        for (int expert = 0; expert < experts; expert++)
        {
            Value own = graph.Reshape(graph.Slice(inputs, 1, expert * slots, (expert + 1) * slots), -1, _config.Width);
            string key = string.Create(CultureInfo.InvariantCulture, $"{prefix}.experts.{expert}");
            outputs.Add(graph.Reshape(FeedForward(own, key, network.BlockActivation), -1, slots, _config.Width));
        }
        return graph.Reshape(graph.MatMul(combine, graph.Concat(1, [.. outputs])), -1, _config.Width);
    }
}
