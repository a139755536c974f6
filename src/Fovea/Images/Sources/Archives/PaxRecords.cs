using System.Buffers.Text;
using System.Text;

namespace Fovea.Images;

/// <summary>What a PAX header says about the next member, as far as it matters here: `LENGTH key=value\n`, any number of times.</summary>
/// <param name="Path">The name, where it is too long or too foreign for the header.</param>
/// <param name="Size">Bytes of content, where they are too many for the header.</param>
/// <param name="IsSparse">The content is a map of holes and then what lies between them.</param>
internal readonly record struct PaxRecords(string? Path, long? Size, bool IsSparse)
{
    /// <summary>Reads the content of a PAX header; null when it is damaged.</summary>
    public static PaxRecords? Parse(ReadOnlySpan<byte> content)
    {
        PaxRecords records = default;
        while (!content.IsEmpty)
        {
            if (!Utf8Parser.TryParse(content, out int length, out int digits) || length <= digits + 1 || length > content.Length) return null;
            ReadOnlySpan<byte> record = content[digits..length];
            int equals = record.IndexOf((byte)'=');
            if (record[0] != ' ' || record[^1] != '\n' || equals < 0) return null;
            if (records.With(record[1..equals], record[(equals + 1)..^1]) is not { } read) return null;
            records = read;
            content = content[length..];
        }
        return records;
    }

    private PaxRecords? With(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        if (key.SequenceEqual("path"u8)) return this with { Path = Path ?? Encoding.UTF8.GetString(value) };
        if (key.SequenceEqual("GNU.sparse.name"u8)) return this with { Path = Encoding.UTF8.GetString(value), IsSparse = true };
        if (key.StartsWith("GNU.sparse."u8)) return this with { IsSparse = true };
        if (!key.SequenceEqual("size"u8)) return this;
        return Utf8Parser.TryParse(value, out long size, out int digits) && digits == value.Length && size >= 0 ? this with { Size = size } : null;
    }
}
