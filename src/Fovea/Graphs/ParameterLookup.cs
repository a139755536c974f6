using Fovea.Checkpoints;

namespace Fovea.Graphs;

/// <summary>A network's parameters by key, put into the graph at first use, and the two layers that are made of nothing else.</summary>
/// <param name="graph">The graph that is being written.</param>
/// <param name="weights">Every parameter.</param>
/// <param name="int8">The matrices that are multiplied as bytes; null for none.</param>
/// <param name="prefix">What stands in front of every key, with its dot: of a network that is part of another.</param>
internal sealed class ParameterLookup(OnnxGraph graph, IReadOnlyDictionary<string, Weight> weights, Int8Weights? int8, string prefix = "")
{
    public Value this[string key] => graph.Parameter(prefix + key, weights[prefix + key]);

    /// <summary>The same parameters, seen from a place in the network.</summary>
    /// <param name="part">`backbone`, and all keys are those below it.</param>
    public ParameterLookup Below(string part) => new(graph, weights, int8, $"{prefix}{part}.");

    /// <summary>`x W^T + b` on rows: [rows, inputs] to [rows, outputs].</summary>
    public Value Linear(Value x, string layer, bool hasBias = true)
    {
        string key = $"{prefix}{layer}.weight";
        Value? bias = hasBias ? this[$"{layer}.bias"] : null;
        return int8?.Find(key) is { } matrix
            ? graph.QuantizedLinear(x, graph.Matrix(key, matrix), graph.Parameter(key + OnnxFormat.ScalesSuffix, new Weight(new TensorShape(matrix.Outputs), matrix.Scales)), bias)
            : graph.Linear(x, graph.Matrix(key, weights[key]), bias);
    }

    /// <summary>The same of a value that is itself made of parameters: the optimiser computes it once, so it must see the matrix.</summary>
    public Value LinearOfConstant(Value x, string layer) => graph.Linear(x, this[$"{layer}.weight"], this[$"{layer}.bias"]);

    public Value Norm(Value x, string layer, NormType type, double epsilon) => type == NormType.RmsNorm
        ? graph.RmsNorm(x, this[$"{layer}.weight"], epsilon)
        : graph.LayerNorm(x, this[$"{layer}.weight"], this[$"{layer}.bias"], epsilon);

    /// <summary>A convolution whose picture is filled up with zeros so that a stride of 1 keeps its size.</summary>
    /// <param name="x">[batch, inputs, rows, columns].</param>
    /// <param name="layer">Its key.</param>
    /// <param name="stride">Pixels from one output to the next.</param>
    /// <param name="hasBias">Whether it has a bias.</param>
    public Value Convolution(Value x, string layer, int stride = 1, bool hasBias = true) =>
        graph.Convolution(x, this[$"{layer}.weight"], hasBias ? this[$"{layer}.bias"] : null, (int)weights[$"{prefix}{layer}.weight"].Shape[2], stride);

    /// <summary>A transposed convolution of 2 x 2 with stride 2: each pixel becomes four.</summary>
    public Value Doubling(Value x, string layer) => graph.Doubling(x, this[$"{layer}.weight"], this[$"{layer}.bias"]);

    /// <summary>A norm over groups of channels.</summary>
    public Value GroupNorm(Value x, string layer, int groups, double epsilon) => graph.GroupNorm(x, this[$"{layer}.weight"], this[$"{layer}.bias"], groups, epsilon);
}
