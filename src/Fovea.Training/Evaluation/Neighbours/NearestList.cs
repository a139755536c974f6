namespace Fovea.Training.Evaluation;

/// <summary>The nearest rows found so far, nearest first; of equally near ones the lower index. Candidates must come in ascending order of their indices.</summary>
/// <param name="indices">Written: as many as are wanted.</param>
/// <param name="similarities">Written, in the same order.</param>
/// <param name="count">How many there are already.</param>
internal ref struct NearestList(Span<int> indices, Span<double> similarities, int count)
{
    private readonly Span<int> _indices = indices;
    private readonly Span<double> _similarities = similarities;

    /// <summary>How many there are.</summary>
    public int Count { get; private set; } = count;

    /// <summary>What a further candidate must exceed.</summary>
    public readonly double Least => Count < _indices.Length ? double.NegativeInfinity : _similarities[^1];

    /// <summary>Takes a candidate in, if it is near enough. An equal one does not displace: its index is higher.</summary>
    public void Offer(int index, double similarity)
    {
        if (similarity <= Least) return;
        if (Count < _indices.Length) Count++;
        int place = Count - 1;
        for (; place > 0 && _similarities[place - 1] < similarity; place--)
        {
            (_similarities[place], _indices[place]) = (_similarities[place - 1], _indices[place - 1]);
        }
        (_similarities[place], _indices[place]) = (similarity, index);
    }
}
