using System.Buffers;
using System.Text;

namespace Fovea.Cli.Outputs.Parquet;

/// <summary>Writes one Thrift structure in the compact protocol, field by field: the forms that Parquet's headers use, and nothing else.</summary>
/// <remarks>Fields come in rising order of their number. Integers are zigzag varints, so 16, 32 and 64 bits differ only in the field's type.</remarks>
internal sealed class ThriftWriter
{
    private const int Integer32Type = 5;
    private const int Integer64Type = 6;
    private const int BinaryType = 8;
    private const int ListType = 9;
    private const int StructureType = 12;
    private const int LongestShortList = 14;

    private readonly ArrayBufferWriter<byte> _bytes = new();
    private int _lastField;

    /// <summary>A whole structure as bytes.</summary>
    public static ReadOnlySpan<byte> Write(Action<ThriftWriter> fields)
    {
        ThriftWriter writer = new();
        writer.Fields(() => fields(writer));
        return writer._bytes.WrittenSpan;
    }

    public void Integer32(int field, int value)
    {
        Head(field, Integer32Type);
        ZigZag(value);
    }

    public void Integer64(int field, long value)
    {
        Head(field, Integer64Type);
        ZigZag(value);
    }

    public void Text(int field, string value)
    {
        Head(field, BinaryType);
        Text(value);
    }

    public void Structure(int field, Action fields)
    {
        Head(field, StructureType);
        Fields(fields);
    }

    public void Structures<T>(int field, IReadOnlyCollection<T> items, Action<T> fields)
    {
        ListHead(field, StructureType, items.Count);
        foreach (T item in items) Fields(() => fields(item));
    }

    public void Integers32(int field, params ReadOnlySpan<int> values)
    {
        ListHead(field, Integer32Type, values.Length);
        foreach (int value in values) ZigZag(value);
    }

    public void Texts(int field, params ReadOnlySpan<string> values)
    {
        ListHead(field, BinaryType, values.Length);
        foreach (string value in values) Text(value);
    }

    private void Fields(Action fields)
    {
        int outer = _lastField;
        _lastField = 0;
        fields();
        Byte(0);                                             // stop
        _lastField = outer;
    }

    private void Head(int field, int type)
    {
        Byte((field - _lastField) << 4 | type);              // the short form: no structure of Parquet skips more than 15 fields
        _lastField = field;
    }

    private void ListHead(int field, int type, int count)
    {
        Head(field, ListType);
        if (count <= LongestShortList)
        {
            Byte(count << 4 | type);
            return;
        }
        Byte(0xF0 | type);
        Varint((ulong)count);
    }

    private void Text(string value)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(value);
        Varint((ulong)bytes.Length);
        _bytes.Write(bytes);
    }

    private void ZigZag(long value) => Varint((ulong)(value << 1 ^ value >> 63));

    private void Varint(ulong value)
    {
        for (; value >= 0x80; value >>= 7) Byte((int)(value & 0x7F | 0x80));
        Byte((int)value);
    }

    private void Byte(int value) => _bytes.Write([(byte)value]);
}
