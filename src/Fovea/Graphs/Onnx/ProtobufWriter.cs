using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Fovea.Graphs;

/// <summary>Writes one protobuf message, field by field: the forms that ONNX and TensorBoard use, and nothing else.</summary>
/// <remarks>Field numbers and wire types are those of the public schemas (onnx.proto3, event.proto); order of fields is the order of calls.</remarks>
internal sealed class ProtobufWriter
{
    private readonly ArrayBufferWriter<byte> _bytes = new();

    public ReadOnlySpan<byte> Written => _bytes.WrittenSpan;

    public void Integer(int field, long value)
    {
        Tag(field, wireType: 0);
        Varint((ulong)value);
    }

    public void Float(int field, float value)
    {
        Tag(field, wireType: 5);
        BinaryPrimitives.WriteSingleLittleEndian(_bytes.GetSpan(sizeof(float)), value);
        _bytes.Advance(sizeof(float));
    }

    public void Double(int field, double value)
    {
        Tag(field, wireType: 1);
        BinaryPrimitives.WriteDoubleLittleEndian(_bytes.GetSpan(sizeof(double)), value);
        _bytes.Advance(sizeof(double));
    }

    public void Text(int field, string value) => Bytes(field, Encoding.UTF8.GetBytes(value));

    public void Message(int field, ProtobufWriter message) => Bytes(field, message.Written);

    public void Bytes(int field, ReadOnlySpan<byte> value)
    {
        Begin(field, value.Length);
        _bytes.Write(value);
    }

    /// <summary>A field whose bytes the caller adds behind what is written here.</summary>
    public void Begin(int field, long length)
    {
        Tag(field, wireType: 2);
        Varint((ulong)length);
    }

    /// <summary>Fields that another writer has written.</summary>
    public void Fields(ProtobufWriter fields) => _bytes.Write(fields.Written);

    private void Tag(int field, int wireType) => Varint((ulong)(field << 3 | wireType));

    private void Varint(ulong value)
    {
        Span<byte> target = _bytes.GetSpan(10);
        int length = 0;
        for (; value >= 0x80; value >>= 7) target[length++] = (byte)(value | 0x80);
        target[length++] = (byte)value;
        _bytes.Advance(length);
    }
}
