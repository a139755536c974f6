using System.Collections.Immutable;

namespace Fovea;

/// <summary>The dimensions of a tensor, outermost first; no dimensions means one element.</summary>
/// <remarks>Equal when all dimensions are equal. Immutable.</remarks>
public readonly struct TensorShape : IEquatable<TensorShape>
{
    private readonly ImmutableArray<long> _dimensions;

    /// <summary>A shape of the given dimensions.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A dimension is negative.</exception>
    public TensorShape(params ReadOnlySpan<long> dimensions)
    {
        foreach (long dimension in dimensions) ArgumentOutOfRangeException.ThrowIfNegative(dimension, nameof(dimensions));
        _dimensions = [.. dimensions];
    }

    /// <summary>The dimensions, outermost first.</summary>
    public ImmutableArray<long> Dimensions => _dimensions.IsDefault ? [] : _dimensions;

    /// <summary>Number of dimensions; 0 for a single number.</summary>
    public int Rank => Dimensions.Length;

    /// <summary>Dimension <paramref name="axis"/>, counted from the outermost.</summary>
    public long this[int axis] => Dimensions[axis];

    /// <summary>The product of all dimensions; 1 when there are none.</summary>
    /// <exception cref="OverflowException">The product does not fit 64 bits.</exception>
    public long ElementCount
    {
        get
        {
            long count = 1;
            foreach (long dimension in Dimensions)
            {
                if (dimension == 0) return 0;                     // [2^40, 2^40, 0] holds nothing, whatever its factors
            }
            foreach (long dimension in Dimensions) count = checked(count * dimension);
            return count;
        }
    }

    /// <inheritdoc/>
    public bool Equals(TensorShape other) => Dimensions.AsSpan().SequenceEqual(other.Dimensions.AsSpan());

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is TensorShape other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        HashCode hash = default;
        foreach (long dimension in Dimensions) hash.Add(dimension);
        return hash.ToHashCode();
    }

    /// <summary>Equality of all dimensions.</summary>
    public static bool operator ==(TensorShape left, TensorShape right) => left.Equals(right);

    /// <summary>Inequality of some dimension.</summary>
    public static bool operator !=(TensorShape left, TensorShape right) => !left.Equals(right);

    /// <summary>The dimensions as PyTorch prints them: `[1, 512, 14, 14]`.</summary>
    public override string ToString() => $"[{string.Join(", ", Dimensions)}]";
}
