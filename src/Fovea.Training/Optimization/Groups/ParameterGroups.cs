using Fovea.Networks;

namespace Fovea.Training.Optimization;

/// <summary>Weight decay by the names of a checkpoint: the rules of the reference, in its order.</summary>
internal static class ParameterGroups
{
    private static readonly HashSet<string> EmbeddingNames = ["class_token", "reg_tokens", "mask_token", "pos_embedding"];

    /// <summary>Norm layers that are not called so: the layer before the first block, and that of a hidden classifier.</summary>
    private static readonly string[] UnnamedNorms = ["pre_block.0", "classifier.2"];

    /// <summary>One group for each parameter, in the order given.</summary>
    /// <param name="parameters">Keys as in a checkpoint, with or without the network's prefix, and shapes.</param>
    /// <param name="rules">Which are special.</param>
    /// <param name="mainDecay">The main weight decay at the start of the run.</param>
    /// <exception cref="ArgumentException">A weight decay is negative or not finite, or special while the main one starts at 0.</exception>
    public static IReadOnlyList<ParameterGroup> Of(IEnumerable<Parameter> parameters, WeightDecayRules rules, double mainDecay) =>
        [.. parameters.Select(parameter => new ParameterGroup(parameter.Key, Ratio(parameter.Key, Special(parameter, rules), mainDecay)))];

    private static double? Special(Parameter parameter, WeightDecayRules rules)
    {
        (string layer, string name) = Split(parameter.Key);
        if (rules.Named.FirstOrDefault(named => parameter.Key.Contains(named.Contains, StringComparison.Ordinal)) is { } found) return found.Decay;
        if (name == "bias" && rules.Biases is { } biases) return biases;
        if (EmbeddingNames.Contains(name) && rules.Embeddings is { } embeddings) return embeddings;
        if (IsNorm(layer) && rules.Norms is { } norms) return norms;
        if (rules.SparesOneAxis && (parameter.Shape.Rank == 1 || parameter.Key.Contains("bias", StringComparison.Ordinal))) return 0;
        return null;
    }

    private static double Ratio(string name, double? special, double mainDecay)
    {
        if (special is not { } decay) return 1;
        ScheduleRules.Require(double.IsFinite(decay) && decay >= 0, $"the weight decay of '{name}' is {decay}; it is 0 or more.");
        ScheduleRules.Require(decay == 0 || mainDecay > 0, $"the weight decay of '{name}' is {decay} and keeps its ratio to the main one, which starts at 0; start the main one above 0.");
        return decay == 0 ? 0 : decay / mainDecay;
    }

    private static bool IsNorm(string layer) =>
        layer[(layer.LastIndexOf('.') + 1)..].Contains("norm", StringComparison.Ordinal) || UnnamedNorms.Any(norm => layer == norm || layer.EndsWith($".{norm}", StringComparison.Ordinal));

    private static (string Layer, string Name) Split(string key)
    {
        int dot = key.LastIndexOf('.');
        return dot < 0 ? ("", key) : (key[..dot], key[(dot + 1)..]);
    }
}
