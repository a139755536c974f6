namespace Fovea.Checkpoints;

/// <summary>A list or a tuple: writers use both for the same things, so most readers match this. List patterns work:
/// <c>shape is SequenceValue [_, IntegerValue { Value: var channels }, ..]</c>.</summary>
internal abstract class SequenceValue : CheckpointValue
{
    private protected SequenceValue()
    {
    }

    /// <summary>The elements in order.</summary>
    public abstract IReadOnlyList<CheckpointValue> Items { get; }

    public int Count => Items.Count;

    public CheckpointValue this[int index] => Items[index];
}

/// <summary>A list.</summary>
internal sealed class ListValue : SequenceValue
{
    private List<CheckpointValue>? _items;

    public override IReadOnlyList<CheckpointValue> Items => (IReadOnlyList<CheckpointValue>?)_items ?? [];

    /// <summary>Only for the reader that builds the tree.</summary>
    public void Append(ReadOnlySpan<CheckpointValue> items)
    {
        _items ??= new List<CheckpointValue>(items.Length);                   // empty lists cost nothing: a hostile file may hold millions
        _items.AddRange(items);
    }
}

/// <summary>A tuple.</summary>
internal sealed class TupleValue(CheckpointValue[] items) : SequenceValue
{
    public static TupleValue Empty { get; } = new([]);

    public override IReadOnlyList<CheckpointValue> Items => items;
}
