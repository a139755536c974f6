using System.Collections.Concurrent;
using Fovea.Checkpoints;

namespace Fovea.Graphs;

/// <summary>
/// The matrices of a network that are multiplied as bytes: the linear layers of all blocks but the first. Each is made at its first use and
/// kept, so that sessions of one model share them. Safe to use from many threads.
/// </summary>
/// <remarks>
/// What stays in float32 was chosen by measuring (docs/performance.md). The first block is the sensitive one, its queries and keys above all:
/// a twelfth of the products has half of the error. Patch projection, attention pool and head are less than 3 % of the products.
/// </remarks>
/// <param name="weights">Every parameter of the network.</param>
/// <param name="largestWeight">The largest magnitude of a byte: see <see cref="ByteProducts"/>.</param>
internal sealed class Int8Weights(IReadOnlyDictionary<string, Weight> weights, int largestWeight)
{
    private readonly ConcurrentDictionary<string, QuantizedMatrix> _matrices = new();

    /// <summary>The matrix as bytes, or null for one that stays in float32.</summary>
    public QuantizedMatrix? Find(string key) =>
        IsMultipliedAsBytes(key) ? _matrices.GetOrAdd(key, absent => QuantizedMatrix.Of(weights[absent], largestWeight)) : null;

    private static bool IsMultipliedAsBytes(string key) =>
        key.StartsWith("encoder.block.", StringComparison.Ordinal) && !key.StartsWith("encoder.block.0.", StringComparison.Ordinal);
}
