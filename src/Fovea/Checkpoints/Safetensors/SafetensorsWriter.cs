using System.Buffers;
using System.Buffers.Binary;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using Fovea.Tensors;

namespace Fovea.Checkpoints;

/// <summary>A tensor to be written: dense, row-major, little-endian bytes that are produced when their turn comes.</summary>
/// <param name="Name">Its key; no two are equal.</param>
/// <param name="Type">Its element type; complex128 has no name in the format.</param>
/// <param name="Shape">Its dimensions.</param>
/// <param name="WriteTo">Writes exactly the bytes that type and shape need.</param>
internal sealed record SafetensorsSource(string Name, ElementType Type, TensorShape Shape, Action<Stream> WriteTo)
{
    public long ByteCount => checked(Shape.ElementCount * Type.Bits()) / 8;

    public static SafetensorsSource Of(string name, Weight weight) =>
        new(name, ElementType.Float32, weight.Shape, stream => stream.Write(MemoryMarshal.AsBytes(weight.Values.Span)));

    /// <summary>Rounded to half precision.</summary>
    public static SafetensorsSource OfHalf(string name, Weight weight) => new(name, ElementType.Float16, weight.Shape, stream =>
    {
        Half[] halves = new Half[weight.Values.Length];
        TensorPrimitives.ConvertToHalf(weight.Values.Span, halves);
        stream.Write(MemoryMarshal.AsBytes<Half>(halves));
    });

    public static SafetensorsSource Of(CheckpointTensor tensor) => new(tensor.Name, tensor.ElementType, tensor.Shape, tensor.WriteTo);
}

/// <summary>Writes safetensors as the reference's crate does: tensors by element type, widest last in its list first, then by name.</summary>
/// <remarks>The same tensors and metadata give the same bytes, in whatever order they come.</remarks>
internal static class SafetensorsWriter
{
    private const int Alignment = 8;

    // The crate's order of its types; files list them from the last to the first, so that wide elements are aligned.
    private static readonly ElementType[] Ranks =
    [
        ElementType.Bool, ElementType.Float4E2M1, ElementType.Float6E2M3, ElementType.Float6E3M2, ElementType.UInt8, ElementType.Int8,
        ElementType.Float8E5M2, ElementType.Float8E4M3FN, ElementType.Float8E8M0FNU, ElementType.Float8E4M3FNUZ, ElementType.Float8E5M2FNUZ,
        ElementType.Int16, ElementType.UInt16, ElementType.Float16, ElementType.BFloat16, ElementType.Int32, ElementType.UInt32,
        ElementType.Float32, ElementType.Complex64, ElementType.Float64, ElementType.Int64, ElementType.UInt64,
    ];

    /// <summary>Writes a whole file.</summary>
    /// <param name="stream">Where to; not closed.</param>
    /// <param name="tensors">The tensors, in any order.</param>
    /// <param name="metadata">The string map; none when empty.</param>
    /// <exception cref="ArgumentException">Two tensors of one name, a type that the format lacks, or a header above 100 MB.</exception>
    public static void Write(Stream stream, IEnumerable<SafetensorsSource> tensors, IReadOnlyDictionary<string, string> metadata)
    {
        SafetensorsSource[] ordered = [.. tensors.OrderByDescending(Rank).ThenBy(tensor => tensor.Name, StringComparer.Ordinal)];
        byte[] header = Header(ordered, metadata);
        byte[] length = new byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)header.Length);
        stream.Write(length);
        stream.Write(header);
        foreach (SafetensorsSource tensor in ordered) tensor.WriteTo(stream);
    }

    private static int Rank(SafetensorsSource tensor)
    {
        int rank = Array.IndexOf(Ranks, tensor.Type);
        return rank >= 0 ? rank : throw new ArgumentException($"tensor '{tensor.Name}' is of type {tensor.Type.DtypeName()}, which safetensors cannot hold.");
    }

    private static byte[] Header(SafetensorsSource[] tensors, IReadOnlyDictionary<string, string> metadata)
    {
        ArrayBufferWriter<byte> bytes = new();
        using (Utf8JsonWriter json = new(bytes, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            if (metadata.Count > 0) WriteMetadata(json, metadata);
            WriteTensors(json, tensors);
            json.WriteEndObject();
        }
        int padding = (Alignment - bytes.WrittenCount % Alignment) % Alignment;
        bytes.GetSpan(padding)[..padding].Fill((byte)' ');
        bytes.Advance(padding);
        if (bytes.WrittenCount > SafetensorsFile.LargestHeader) throw new ArgumentException($"a safetensors header of {bytes.WrittenCount:N0} bytes is above the format's {SafetensorsFile.LargestHeader:N0}.");
        return bytes.WrittenSpan.ToArray();
    }

    private static void WriteMetadata(Utf8JsonWriter json, IReadOnlyDictionary<string, string> metadata)
    {
        json.WriteStartObject(SafetensorsFile.MetadataKey);
        foreach ((string key, string value) in metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal)) json.WriteString(key, value);
        json.WriteEndObject();
    }

    private static void WriteTensors(Utf8JsonWriter json, SafetensorsSource[] tensors)
    {
        HashSet<string> names = [SafetensorsFile.MetadataKey];
        long offset = 0;
        foreach (SafetensorsSource tensor in tensors)
        {
            if (!names.Add(tensor.Name)) throw new ArgumentException($"a safetensors file cannot have two tensors named '{tensor.Name}'.");
            json.WriteStartObject(tensor.Name);
            json.WriteString("dtype", tensor.Type.SafetensorsName());
            json.WriteStartArray("shape");
            foreach (long dimension in tensor.Shape.Dimensions) json.WriteNumberValue(dimension);
            json.WriteEndArray();
            json.WriteStartArray("data_offsets");
            json.WriteNumberValue(offset);
            json.WriteNumberValue(offset = checked(offset + tensor.ByteCount));
            json.WriteEndArray();
            json.WriteEndObject();
        }
    }
}
