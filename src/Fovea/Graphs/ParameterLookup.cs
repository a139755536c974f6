using Fovea.Checkpoints;

namespace Fovea.Graphs;

/// <summary>A network's parameters by key, put into the graph at first use, and the two layers that are made of nothing else.</summary>
/// <param name="graph">The graph that is being written.</param>
/// <param name="weights">Every parameter.</param>
/// <param name="int8">The matrices that are multiplied as bytes; null for none.</param>
internal sealed class ParameterLookup(OnnxGraph graph, IReadOnlyDictionary<string, Weight> weights, Int8Weights? int8)
{
    public Value this[string key] => graph.Parameter(key, weights[key]);

    /// <summary>`x W^T + b` on rows: [rows, inputs] to [rows, outputs].</summary>
    public Value Linear(Value x, string prefix, bool hasBias = true)
    {
        string key = $"{prefix}.weight";
        Value? bias = hasBias ? this[$"{prefix}.bias"] : null;
        return int8?.Find(key) is { } matrix
            ? graph.QuantizedLinear(x, graph.Matrix(key, matrix), graph.Parameter(key + OnnxFormat.ScalesSuffix, new Weight(new TensorShape(matrix.Outputs), matrix.Scales)), bias)
            : graph.Linear(x, graph.Matrix(key, weights[key]), bias);
    }

    /// <summary>The same of a value that is itself made of parameters: the optimiser computes it once, so it must see the matrix.</summary>
    public Value LinearOfConstant(Value x, string prefix) => graph.Linear(x, this[$"{prefix}.weight"], this[$"{prefix}.bias"]);

    public Value Norm(Value x, string prefix, NormType type, double epsilon) => type == NormType.RmsNorm
        ? graph.RmsNorm(x, this[$"{prefix}.weight"], epsilon)
        : graph.LayerNorm(x, this[$"{prefix}.weight"], this[$"{prefix}.bias"], epsilon);
}
