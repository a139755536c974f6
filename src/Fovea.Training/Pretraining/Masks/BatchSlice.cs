namespace Fovea.Training.Pretraining;

/// <summary>
/// The pictures of a global batch that one process (or one micro-batch) computes. Masks have the same sizes over the whole batch, so a sampler needs to know
/// how many pictures that is, not only how many it is asked for.
/// </summary>
internal readonly record struct BatchSlice
{
    /// <param name="batch">Pictures of the global batch: over all processes and all micro-batches of a step.</param>
    /// <param name="first">Position of the first wanted picture in the global batch.</param>
    /// <param name="count">Wanted pictures.</param>
    /// <exception cref="ArgumentOutOfRangeException">The slice is empty or not inside the batch.</exception>
    public BatchSlice(int batch, int first, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(batch);
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((long)first + count, batch, nameof(count));
        (Batch, First, Count) = (batch, first, count);
    }

    /// <summary>Pictures of the global batch.</summary>
    public int Batch { get; }

    /// <summary>Position of the first wanted picture.</summary>
    public int First { get; }

    /// <summary>Wanted pictures.</summary>
    public int Count { get; }

    /// <summary>All pictures of a batch.</summary>
    public static BatchSlice Whole(int batch) => new(batch, 0, batch);

    /// <summary>Whether the picture at this position of the global batch is wanted.</summary>
    public bool Holds(int position) => (uint)(position - First) < (uint)Count;
}
