using System.Buffers;
using System.Text;

namespace Fovea.Training.Data;

/// <summary>
/// Names by number, in a few bytes each: a name keeps what it does not share with the one before it, and every 32nd is whole. Keys of an archive take
/// about 3 bytes, paths about 10.
/// </summary>
internal sealed class NameTable
{
    private const int Group = 32;

    private readonly byte[] _bytes;
    private readonly int[] _starts;                                              // of every 32nd name

    /// <param name="count">Names.</param>
    /// <param name="bytes">For each: length shared with the one before, length of the rest, the rest in UTF-8; lengths are 7 bits a byte, the highest bit says that more follow.</param>
    /// <param name="starts">Where every 32nd begins.</param>
    private NameTable(int count, byte[] bytes, int[] starts)
    {
        Count = count;
        _bytes = bytes;
        _starts = starts;
    }

    public int Count { get; }

    /// <summary>Names without their places: what a file keeps.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>The name of a number.</summary>
    public string this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count, nameof(index));
            List<byte> name = [];
            int place = _starts[index / Group];
            for (int number = index / Group * Group; number <= index; number++) TryRead(_bytes, ref place, name);
            return Encoding.UTF8.GetString([.. name]);
        }
    }

    /// <summary>From what a file kept; null when it is damaged.</summary>
    public static NameTable? Read(int count, byte[] bytes)
    {
        int[] starts = new int[(int)(((long)count + Group - 1) / Group)];
        List<byte> name = [];
        int place = 0;
        for (int number = 0; number < count; number++)
        {
            if (number % Group == 0)
            {
                starts[number / Group] = place;
                name.Clear();
            }
            if (!TryRead(bytes, ref place, name)) return null;
        }
        return place == bytes.Length ? new(count, bytes, starts) : null;
    }

    private static bool TryRead(ReadOnlySpan<byte> bytes, ref int place, List<byte> name)
    {
        if (!TryReadLength(bytes, ref place, out int shared) || !TryReadLength(bytes, ref place, out int rest)) return false;
        if (shared > name.Count || rest > bytes.Length - place) return false;
        name.RemoveRange(shared, name.Count - shared);
        name.AddRange(bytes.Slice(place, rest));
        place += rest;
        return true;
    }

    private static bool TryReadLength(ReadOnlySpan<byte> bytes, ref int place, out int length)
    {
        length = 0;
        for (int shift = 0; shift < 28; shift += 7)
        {
            if (place >= bytes.Length) return false;
            byte part = bytes[place++];
            length |= (part & 0x7F) << shift;
            if (part < 0x80) return true;
        }
        return false;
    }

    /// <summary>Collects names.</summary>
    internal sealed class Builder
    {
        private readonly ArrayBufferWriter<byte> _bytes = new();
        private byte[] _last = [];

        public int Count { get; private set; }

        public void Add(string name)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(name);
            int shared = Count % Group == 0 ? 0 : bytes.AsSpan().CommonPrefixLength(_last);
            WriteLength(shared);
            WriteLength(bytes.Length - shared);
            _bytes.Write(bytes.AsSpan(shared));
            _last = bytes;
            Count++;
        }

        public NameTable Build() => Read(Count, _bytes.WrittenSpan.ToArray())!;

        private void WriteLength(int length)
        {
            for (; length >= 0x80; length >>= 7) _bytes.Write([(byte)(length | 0x80)]);
            _bytes.Write([(byte)length]);
        }
    }
}
