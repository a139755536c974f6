using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Fovea.Tensors;

namespace Fovea.Checkpoints;

/// <summary>Reads a safetensors header as strictly as the reference's crate, and in three points more strictly: the first byte is `{`, no name comes twice, nesting ends at 64.</summary>
internal ref struct SafetensorsHeaderReader(ReadOnlySpan<byte> header, string path)
{
    private const int Nesting = 64;

    private readonly ReadOnlySpan<byte> _header = header;
    private Utf8JsonReader _json;

    public SafetensorsHeader Read()
    {
        if (_header.IsEmpty || _header[0] != (byte)'{') throw Bad("its header does not begin with '{'");
        if (!Utf8.IsValid(_header)) throw Bad("its header is not valid UTF-8");
        _json = new Utf8JsonReader(_header, new JsonReaderOptions { MaxDepth = Nesting });
        try
        {
            SafetensorsHeader read = ReadObject();
            if (_json.Read()) throw Bad("something follows its header's object");
            return read;
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException or DecoderFallbackException)
        {
            throw Bad($"its header is no valid JSON ({failure.Message.Split('.')[0]})");
        }
    }

    private SafetensorsHeader ReadObject()
    {
        List<SafetensorsEntry> entries = [];
        HashSet<string> names = new(StringComparer.Ordinal);
        Dictionary<string, string> metadata = new(StringComparer.Ordinal);
        _json.Read();
        while (_json.Read() && _json.TokenType == JsonTokenType.PropertyName)
        {
            string name = _json.GetString()!;
            if (!names.Add(name)) throw Bad($"the name '{name}' comes twice");
            _json.Read();
            if (name == SafetensorsFile.MetadataKey) ReadMetadata(metadata);
            else entries.Add(ReadEntry(name));
        }
        return new(entries, metadata);
    }

    private void ReadMetadata(Dictionary<string, string> metadata)
    {
        if (_json.TokenType == JsonTokenType.Null) return;
        if (_json.TokenType != JsonTokenType.StartObject) throw Bad("its metadata is no object");
        while (_json.Read() && _json.TokenType == JsonTokenType.PropertyName)
        {
            string key = _json.GetString()!;
            _json.Read();
            if (_json.TokenType != JsonTokenType.String) throw Bad($"the metadata '{key}' is no string");
            metadata[key] = _json.GetString()!;
        }
    }

    private SafetensorsEntry ReadEntry(string name)
    {
        if (_json.TokenType != JsonTokenType.StartObject) throw Bad($"the entry of '{name}' is no object");
        string? dtype = null;
        List<ulong>? shape = null, offsets = null;
        while (_json.Read() && _json.TokenType == JsonTokenType.PropertyName)
        {
            string field = _json.GetString()!;
            _json.Read();
            switch (field)
            {
                case "dtype" when dtype is null && _json.TokenType == JsonTokenType.String: dtype = _json.GetString(); break;
                case "shape" when shape is null: shape = ReadNumbers(name); break;
                case "data_offsets" when offsets is null: offsets = ReadNumbers(name); break;
                case "dtype" or "shape" or "data_offsets": throw Bad($"the field '{field}' of '{name}' comes twice or has the wrong type");
                default: SkipStrictly(); break;
            }
        }
        if (dtype is null || shape is null || offsets is not { Count: 2 }) throw Bad($"the entry of '{name}' lacks its dtype, its shape or its two offsets");
        if (ElementTypes.FromSafetensorsName(dtype) is not ElementType type) throw Bad($"'{name}' has the unknown dtype '{dtype}'");
        (TensorShape dimensions, ulong bytes) = Measure(name, type, shape);
        return new(name, type, dimensions, offsets[0], offsets[1], bytes);
    }

    private List<ulong> ReadNumbers(string name)
    {
        if (_json.TokenType != JsonTokenType.StartArray) throw Bad($"shape and offsets of '{name}' must be arrays");
        List<ulong> numbers = [];
        while (_json.Read() && _json.TokenType != JsonTokenType.EndArray)
        {
            // Digits only: a sign, a fraction or an exponent is refused even where its value is whole.
            if (_json.TokenType != JsonTokenType.Number || _json.ValueSpan.ContainsAnyExceptInRange((byte)'0', (byte)'9') || !_json.TryGetUInt64(out ulong number))
            {
                throw Bad($"shape and offsets of '{name}' must be whole numbers below 2^64");
            }
            numbers.Add(number);
        }
        return numbers;
    }

    /// <summary>Skips an unknown value, but reads its strings: an invalid escape is an error wherever it stands.</summary>
    private void SkipStrictly()
    {
        int depth = _json.CurrentDepth;
        while (true)
        {
            if (_json.TokenType is JsonTokenType.String or JsonTokenType.PropertyName) _json.GetString();
            bool isOpen = _json.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray || _json.CurrentDepth > depth;
            if (!isOpen || !_json.Read()) return;
        }
    }

    // Left to right with an overflow check, as the crate does: [2^33, 2^33, 0] overflows, [0, 2^33, 2^33] does not.
    private readonly (TensorShape Shape, ulong Bytes) Measure(string name, ElementType type, List<ulong> shape)
    {
        try
        {
            checked
            {
                ulong count = 1;
                foreach (ulong dimension in shape) count *= dimension;
                ulong bits = count * (ulong)type.Bits();
                if (bits % 8 != 0) throw Bad($"'{name}' does not fill whole bytes");
                return (new TensorShape([.. shape.Select(dimension => (long)dimension)]), bits / 8);
            }
        }
        catch (OverflowException)
        {
            throw Bad($"the size of '{name}' does not fit 64 bits");
        }
    }

    private readonly CheckpointException Bad(string what) => CheckpointThrow.BadHeader(path, what);
}
