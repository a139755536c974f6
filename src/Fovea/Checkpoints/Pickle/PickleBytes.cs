using System.Buffers.Binary;
using System.Text;
using System.Text.Unicode;

namespace Fovea.Checkpoints;

/// <summary>Reads the arguments of opcodes; each read is checked against what is left.</summary>
internal ref struct PickleBytes(ReadOnlySpan<byte> bytes, string file, string part)
{
    private const int LongestString = 1 << 20;
    private const int LongestLine = 256;

    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private int _position;

    /// <summary>Bytes read so far.</summary>
    public readonly int Position => _position;

    public readonly PicklePlace Place => new(file, part, _position);

    public byte ReadByte() => Take(1)[0];

    public ushort ReadUInt16() => BinaryPrimitives.ReadUInt16LittleEndian(Take(2));

    public int ReadInt32() => BinaryPrimitives.ReadInt32LittleEndian(Take(4));

    public uint ReadUInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(4));

    public double ReadDouble() => BinaryPrimitives.ReadDoubleBigEndian(Take(8));

    /// <summary>A two's complement integer of up to 255 bytes that fits 64 bits.</summary>
    public long ReadLong()
    {
        ReadOnlySpan<byte> digits = Take(ReadByte());
        if (digits.IsEmpty) return 0;
        byte sign = (byte)(digits[^1] >= 0x80 ? 0xFF : 0);
        Span<byte> value = stackalloc byte[8];
        value.Fill(sign);
        digits[..int.Min(digits.Length, 8)].CopyTo(value);
        bool fits = digits.Length <= 8 || (!digits[8..].ContainsAnyExcept(sign) && (value[7] >= 0x80) == (sign != 0));
        return fits ? BinaryPrimitives.ReadInt64LittleEndian(value) : throw PickleThrow.LargeInteger(Place, digits.Length);
    }

    /// <summary>A string behind its length of 32 bits.</summary>
    public string ReadString()
    {
        uint length = ReadUInt32();
        if (length > LongestString) throw PickleThrow.LongString(Place, length, LongestString);
        ReadOnlySpan<byte> text = Take((int)length);
        return Utf8.IsValid(text) ? Encoding.UTF8.GetString(text) : throw PickleThrow.BadUtf8(Place);
    }

    /// <summary>An ASCII line; the line feed is read, not returned.</summary>
    public string ReadLine()
    {
        ReadOnlySpan<byte> rest = _bytes[_position..];
        int length = rest[..int.Min(rest.Length, LongestLine + 1)].IndexOf((byte)'\n');
        if (length < 0) throw rest.Length <= LongestLine ? PickleThrow.Truncated(Place) : PickleThrow.BadLine(Place);
        ReadOnlySpan<byte> line = rest[..length];
        if (!Ascii.IsValid(line) || line.Contains((byte)'\r')) throw PickleThrow.BadLine(Place);
        _position += length + 1;
        return Encoding.ASCII.GetString(line);
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > _bytes.Length - _position) throw PickleThrow.Truncated(Place);
        ReadOnlySpan<byte> taken = _bytes.Slice(_position, count);
        _position += count;
        return taken;
    }
}
