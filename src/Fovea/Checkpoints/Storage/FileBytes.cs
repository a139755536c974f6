namespace Fovea.Checkpoints;

/// <summary>A run of bytes of a mapped file. Every piece taken from it is checked against its length, so no offset of a file can reach outside.</summary>
/// <remarks>The format readers compare offsets themselves, to refuse with a sentence; an exception from here is an error in a reader.</remarks>
internal readonly unsafe struct FileBytes(byte* start, long length)
{
    public long Length { get; } = length;

    public byte* Start { get; } = start;

    /// <summary>Whether <paramref name="count"/> bytes from <paramref name="offset"/> lie inside.</summary>
    public bool Holds(long offset, long count) => offset >= 0 && count >= 0 && offset <= Length && count <= Length - offset;

    public ReadOnlySpan<byte> Span(long offset, int count) => new(Slice(offset, count).Start, count);

    public FileBytes Slice(long offset, long count)
    {
        if (!Holds(offset, count)) throw new ArgumentOutOfRangeException(nameof(offset), $"{count} bytes at {offset} of {Length}");
        return new(Start + offset, count);
    }
}
