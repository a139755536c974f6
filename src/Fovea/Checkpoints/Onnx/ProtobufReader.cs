using System.Text;

namespace Fovea.Checkpoints;

/// <summary>Reads one protobuf message of a mapped file, field by field. Every length is compared with what is left before anything is taken; nothing is allocated.</summary>
/// <remarks>Wire types: varint, length-delimited and the two fixed widths; groups, which ONNX never had, are refused.</remarks>
internal struct ProtobufReader(FileBytes message, string path)
{
    private const int LongestVarint = 10, LastByteOfVarint = 9;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private long _next;
    private ulong _integer;
    private FileBytes _content;

    /// <summary>Number of the field; 0 before the first.</summary>
    public int Field { get; private set; }

    /// <summary>How the field is written: 0 varint, 1 and 5 fixed, 2 bytes.</summary>
    public int WireType { get; private set; }

    /// <summary>The field with its number and length, as it lies in the file.</summary>
    public FileBytes Whole { get; private set; }

    /// <summary>Goes to the next field; false at the end of the message.</summary>
    /// <exception cref="CheckpointException">The message is damaged.</exception>
    public bool Next()
    {
        if (_next == message.Length) return false;
        long start = _next;
        ulong tag = Varint();
        if (tag >> 3 is 0 or > int.MaxValue >> 2) throw Bad($"a field has the number {tag >> 3:N0}");
        (Field, WireType) = ((int)(tag >> 3), (int)(tag & 7));
        switch (WireType)
        {
            case 0: _integer = Varint(); break;
            case 1: Take(sizeof(ulong)); break;
            case 2: Take(Varint()); break;
            case 5: Take(sizeof(uint)); break;
            default: throw Bad($"field {Field} is written in a way that ONNX does not have");
        }
        Whole = message.Slice(start, _next - start);
        return true;
    }

    /// <summary>The value of a varint.</summary>
    /// <exception cref="CheckpointException">The field is no varint.</exception>
    public readonly ulong Integer() => WireType == 0 ? _integer : throw Bad($"field {Field} is no number");

    /// <summary>The bytes of a text, a message or a tensor.</summary>
    /// <exception cref="CheckpointException">The field has no bytes.</exception>
    public readonly FileBytes Bytes() => WireType == 2 ? _content : throw Bad($"field {Field} has no bytes");

    /// <summary>The fields of a message within this one.</summary>
    /// <exception cref="CheckpointException">The field is no message.</exception>
    public readonly ProtobufReader Message() => new(Bytes(), path);

    /// <summary>A text in UTF-8.</summary>
    /// <param name="longest">The most bytes that it may have.</param>
    /// <exception cref="CheckpointException">It is longer, or no UTF-8.</exception>
    public readonly string Text(int longest)
    {
        FileBytes bytes = Bytes();
        if (bytes.Length > longest) throw Bad($"a text has {bytes.Length:N0} bytes, more than {longest:N0}");
        try
        {
            return Strict.GetString(bytes.Span(0, (int)bytes.Length));
        }
        catch (DecoderFallbackException)
        {
            throw Bad("a text is no valid UTF-8");
        }
    }

    /// <summary>The varints that a field holds: one, or several behind each other.</summary>
    /// <param name="numbers">Where they are added.</param>
    /// <param name="most">The most numbers that there may be.</param>
    /// <exception cref="CheckpointException">There are more, or they are damaged.</exception>
    public readonly void AddIntegers(List<ulong> numbers, int most)
    {
        FileBytes packed = WireType == 2 ? _content : default;
        ProtobufReader reader = new(packed, path);
        if (WireType != 2) numbers.Add(Integer());
        while (reader._next < packed.Length && numbers.Count <= most) numbers.Add(reader.Varint());
        if (numbers.Count > most) throw Bad($"a list has more than {most} numbers");
    }

    private void Take(ulong length)
    {
        if (length > (ulong)(message.Length - _next)) throw Bad($"field {Field} would have {length:N0} bytes, more than are left");
        _content = message.Slice(_next, (long)length);
        _next += (long)length;
    }

    private ulong Varint()
    {
        ulong value = 0;
        for (int place = 0; place < LongestVarint; place++)
        {
            if (_next == message.Length) throw Bad("it ends within a number");
            byte part = message.Span(_next++, 1)[0];
            if (place == LastByteOfVarint && part > 1) break;                       // beyond 64 bits
            value |= (ulong)(part & 0x7F) << 7 * place;
            if (part < 0x80) return value;
        }
        throw Bad("a number has more than 64 bits");
    }

    private readonly CheckpointException Bad(string what) => OnnxThrow.Damaged(path, what);
}
