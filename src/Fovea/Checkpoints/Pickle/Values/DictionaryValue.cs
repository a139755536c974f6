using System.Globalization;

namespace Fovea.Checkpoints;

/// <summary>A key of a dictionary: a string or an integer.</summary>
internal readonly record struct DictionaryKey(string? Text, long Number)
{
    public DictionaryKey(string text) : this(text, 0)
    {
    }

    public DictionaryKey(long number) : this(null, number)
    {
    }

    /// <summary>Seeded: the hash of a long itself is known to whoever writes a file, who could make all keys collide.</summary>
    public override int GetHashCode() => HashCode.Combine(Text, (int)Number, (int)(Number >> 32));

    /// <summary>The text itself, or the number in decimal: as names of tensors have it.</summary>
    public override string ToString() => Text ?? Number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>A dict or an OrderedDict, in the order of the file.</summary>
internal sealed class DictionaryValue(bool isOrderedDict) : CheckpointValue
{
    private OrderedDictionary<DictionaryKey, CheckpointValue>? _items;

    /// <summary>Whether the writer used collections.OrderedDict, as state dicts do.</summary>
    public bool IsOrderedDict { get; } = isOrderedDict;

    /// <summary>Keys and values in the order of the file.</summary>
    public IReadOnlyList<KeyValuePair<DictionaryKey, CheckpointValue>> Items =>
        (IReadOnlyList<KeyValuePair<DictionaryKey, CheckpointValue>>?)_items ?? [];

    public int Count => _items?.Count ?? 0;

    /// <summary>The value of a string key, or null when the key is absent.</summary>
    public CheckpointValue? Find(string key) => _items?.GetValueOrDefault(new DictionaryKey(key));

    /// <summary>Only for the reader that builds the tree; false when the key is taken.</summary>
    public bool TryAdd(DictionaryKey key, CheckpointValue value)
    {
        _items ??= [];                                                        // empty ones cost nothing: each tensor brings one
        return _items.TryAdd(key, value);
    }
}
