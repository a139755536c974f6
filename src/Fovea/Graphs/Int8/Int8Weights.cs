using System.Collections.Concurrent;
using Fovea.Checkpoints;

namespace Fovea.Graphs;

/// <summary>
/// The matrices of a network that are multiplied as bytes: all linear layers of the blocks but the attention of the first one. Each is made
/// at its first use and kept, so that sessions of one model share them. Safe to use from many threads.
/// </summary>
/// <remarks>
/// What stays in float32 was chosen by measuring (docs/performance.md): the attention of the first block is 3 % of the products and has half
/// of the error. Patch projection, attention pool and head are small.
/// </remarks>
internal sealed class Int8Weights
{
    private readonly ConcurrentDictionary<string, QuantizedMatrix> _matrices;
    private readonly IReadOnlyDictionary<string, Weight>? _weights;

    /// <param name="weights">Every parameter of the network.</param>
    /// <param name="largestWeight">The largest magnitude of a byte: see <see cref="ByteProducts"/>.</param>
    public Int8Weights(IReadOnlyDictionary<string, Weight> weights, int largestWeight)
    {
        _matrices = new();
        _weights = weights;
        LargestWeight = largestWeight;
    }

    /// <param name="stored">All of them, from a file that has no others: bytes as they travel.</param>
    public Int8Weights(IReadOnlyDictionary<string, QuantizedMatrix> stored)
    {
        _matrices = new(stored);
        LargestWeight = ByteProducts.PortableLargestWeight;
    }

    public int LargestWeight { get; }

    /// <summary>Those of a model: its own bytes, or made of its float32.</summary>
    /// <param name="model">The model; its mapped file may have the numbers.</param>
    /// <param name="largestWeight">The largest magnitude of a byte that is made.</param>
    public static Int8Weights Of(ModelFile model, int largestWeight) => model.Precision == Precision.Int8 ? new(model.Matrices) : new(model.Weights, largestWeight);

    /// <summary>The matrix as bytes, or null for one that stays in float32.</summary>
    public QuantizedMatrix? Find(string key) => _weights is { } weights && IsMultipliedAsBytes(key)
        ? _matrices.GetOrAdd(key, absent => MatrixQuantizer.Quantize(weights[absent], LargestWeight))
        : _matrices.GetValueOrDefault(key);

    private static bool IsMultipliedAsBytes(string key) =>
        QuantizedMatrix.MayHold(key) && !key.StartsWith("encoder.block.0.attn.", StringComparison.Ordinal);
}
