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
/// <param name="weights">Every parameter of the network.</param>
/// <param name="largestWeight">The largest magnitude of a byte: see <see cref="ByteProducts"/>.</param>
internal sealed class Int8Weights(IReadOnlyDictionary<string, Weight> weights, int largestWeight)
{
    private readonly ConcurrentDictionary<string, QuantizedMatrix> _matrices = new();

    public int LargestWeight => largestWeight;

    /// <summary>The matrix as bytes, or null for one that stays in float32.</summary>
    public QuantizedMatrix? Find(string key) =>
        IsMultipliedAsBytes(key) ? _matrices.GetOrAdd(key, absent => MatrixQuantizer.Quantize(weights[absent], largestWeight)) : null;

    private static bool IsMultipliedAsBytes(string key) =>
        key.StartsWith("encoder.block.", StringComparison.Ordinal) && !key.StartsWith("encoder.block.0.attn.", StringComparison.Ordinal);
}
