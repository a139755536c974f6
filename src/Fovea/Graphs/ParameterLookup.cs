using Fovea.Checkpoints;

namespace Fovea.Graphs;

/// <summary>A network's parameters by key, put into the graph at first use, and the two layers that are made of nothing else.</summary>
internal sealed class ParameterLookup(OnnxGraph graph, IReadOnlyDictionary<string, Weight> weights)
{
    public Value this[string key] => graph.Parameter(key, weights[key]);

    /// <summary>`x W^T + b` on rows: [rows, inputs] to [rows, outputs].</summary>
    public Value Linear(Value x, string prefix, bool hasBias = true) =>
        graph.Linear(x, graph.Matrix($"{prefix}.weight", weights[$"{prefix}.weight"]), hasBias ? this[$"{prefix}.bias"] : null);

    /// <summary>The same of a value that is itself made of parameters: the optimiser computes it once, so it must see the matrix.</summary>
    public Value LinearOfConstant(Value x, string prefix) => graph.Linear(x, this[$"{prefix}.weight"], this[$"{prefix}.bias"]);

    public Value Norm(Value x, string prefix, NormType type, double epsilon) => type == NormType.RmsNorm
        ? graph.RmsNorm(x, this[$"{prefix}.weight"], epsilon)
        : graph.LayerNorm(x, this[$"{prefix}.weight"], this[$"{prefix}.bias"], epsilon);
}
