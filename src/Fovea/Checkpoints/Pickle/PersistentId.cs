namespace Fovea.Checkpoints;

/// <summary>The tuple ("storage", class, key, location, element count, ...) by which a pickle names a storage.</summary>
/// <param name="Class">Element type.</param>
/// <param name="Key">1 to 20 decimal digits.</param>
/// <param name="Count">Elements, at least 0.</param>
/// <param name="Length">Bytes: count times element size.</param>
/// <param name="View">The sixth item, which only the legacy container has.</param>
internal sealed record PersistentId(StorageClassValue Class, string Key, long Count, long Length, CheckpointValue? View)
{
    private const int LongestKey = 20;
    private const int LongestLocation = 64;

    /// <param name="value">What stood on the stack.</param>
    /// <param name="items">How many items the container's ids have: 5 or 6.</param>
    /// <param name="place">For messages.</param>
    public static PersistentId Read(CheckpointValue value, int items, PicklePlace place)
    {
        if (value is not TupleValue id || id.Count != items) throw PickleThrow.BadPersistentId(place, $"it must be a tuple of {items}");
        if (id[0] is not TextValue { Text: "storage" }) throw PickleThrow.BadPersistentId(place, "it must begin with 'storage'");
        if (id[1] is not StorageClassValue storageClass) throw PickleThrow.BadPersistentId(place, "its second item must be a storage class");
        if (id[2] is not TextValue { Text: var key } || !IsKey(key)) throw PickleThrow.BadPersistentId(place, "its key must be 1 to 20 digits");
        if (id[3] is not TextValue { Text.Length: <= LongestLocation }) throw PickleThrow.BadPersistentId(place, "its location must be a short string");
        if (id[4] is not IntegerValue { Value: >= 0 and var count }) throw PickleThrow.BadPersistentId(place, "its element count must be an integer from 0");
        if (count > long.MaxValue / storageClass.ElementSize) throw PickleThrow.Overflow(place, "the size of a storage");
        return new PersistentId(storageClass, key, count, count * storageClass.ElementSize, items > 5 ? id[5] : null);
    }

    /// <summary>Whether a text can be a storage's key.</summary>
    public static bool IsKey(string text) => text.Length is >= 1 and <= LongestKey && text.All(char.IsAsciiDigit);
}
