using System.Globalization;
using Fovea.Tensors;

namespace Fovea.Checkpoints;

/// <summary>One initialiser of an `.onnx` file: what it is, and where its numbers are; nothing of it is checked against a network yet.</summary>
/// <param name="Name">Its key.</param>
/// <param name="Type">float32, int8 or int64: what the writer writes.</param>
/// <param name="Shape">Its dimensions.</param>
/// <param name="ByteCount">Bytes that type and shape need.</param>
/// <param name="Inside">Its numbers, when they are in the file itself.</param>
/// <param name="Location">The file beside it that has them; null when they are inside.</param>
/// <param name="Offset">Where they begin in that file.</param>
internal sealed record OnnxTensor(string Name, ElementType Type, TensorShape Shape, long ByteCount, FileBytes Inside, string? Location, long Offset)
{
    private const int LongestName = 1_000, HighestRank = 8, LongestNumber = 20;

    /// <exception cref="CheckpointException">The message is damaged, or has something that the writer does not write.</exception>
    public static OnnxTensor Read(ProtobufReader message, string path)
    {
        string? name = null;
        List<ulong> dimensions = [];
        ulong type = 0, place = 0;
        FileBytes? inside = null;
        Dictionary<string, string> outside = [];
        int seen = 0;
        while (message.Next())
        {
            if (message.Field is not (1 or 13) && (seen & 1 << message.Field) != 0) throw OnnxThrow.Damaged(path, "a field of a tensor comes twice");
            seen |= 1 << message.Field;
            switch (message.Field)
            {
                case 1: message.AddIntegers(dimensions, HighestRank); break;
                case 2: type = message.Integer(); break;
                case 8: name = message.Text(LongestName); break;
                case 9: inside = message.Bytes(); break;
                case 12: break;                                                    // documentation
                case 13: ReadEntry(message.Message(), outside, path); break;
                case 14: place = message.Integer(); break;
                default: throw OnnxThrow.Foreign(path, $"a tensor has the field {message.Field}");
            }
        }
        if (string.IsNullOrEmpty(name)) throw OnnxThrow.Damaged(path, "a tensor has no name");
        (ElementType element, TensorShape shape, long bytes) = Measure(name, type, dimensions, path);
        bool isOutside = place == OnnxFormat.ExternalLocation;
        if (place > OnnxFormat.ExternalLocation || isOutside == inside.HasValue || isOutside != outside.Count > 0) throw OnnxThrow.Damaged(path, $"'{name}' has its numbers nowhere, or in two places");
        if (!isOutside) return new(name, element, shape, Exactly(inside!.Value, bytes, name, path), inside.Value, null, 0);
        if (Number(outside, "length", bytes, path) != bytes) throw OnnxThrow.Damaged(path, $"'{name}' has {outside["length"]} bytes instead of {bytes:N0}");
        return new(name, element, shape, bytes, default, FileName(outside, path), Number(outside, "offset", 0, path));
    }

    private static void ReadEntry(ProtobufReader message, Dictionary<string, string> entries, string path)
    {
        (string key, string value) = OnnxFile.ReadEntry(message, path, OnnxFile.LongestKey);
        if (key is not ("location" or "offset" or "length")) throw OnnxThrow.Foreign(path, $"a tensor in another file has the entry '{key}'");
        if (!entries.TryAdd(key, value)) throw OnnxThrow.Damaged(path, $"the entry '{key}' of a tensor comes twice");
    }

    private static (ElementType Type, TensorShape Shape, long Bytes) Measure(string name, ulong type, List<ulong> dimensions, string path)
    {
        ElementType element = type switch
        {
            OnnxFormat.FloatType => ElementType.Float32,
            OnnxFormat.Int8Type => ElementType.Int8,
            OnnxFormat.Int64Type => ElementType.Int64,
            _ => throw OnnxThrow.Foreign(path, $"'{name}' has elements of ONNX type {type}"),
        };
        try
        {
            TensorShape shape = new([.. dimensions.Select(dimension => checked((long)dimension))]);
            return (element, shape, checked(shape.ElementCount * element.Bits()) / 8);
        }
        catch (OverflowException)
        {
            throw OnnxThrow.Damaged(path, $"the size of '{name}' does not fit 64 bits");
        }
    }

    private static long Exactly(FileBytes inside, long bytes, string name, string path) =>
        inside.Length == bytes ? bytes : throw OnnxThrow.Damaged(path, $"'{name}' has {inside.Length:N0} bytes instead of {bytes:N0}");

    private static long Number(Dictionary<string, string> entries, string key, long absent, string path)
    {
        if (!entries.TryGetValue(key, out string? text)) return absent;
        return text.Length <= LongestNumber && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number)
            ? number
            : throw OnnxThrow.Damaged(path, $"the {key} of a tensor in another file is no number");
    }

    // A name and nothing else: no folder, no drive, no stream of a file, not the folder itself.
    private static string FileName(Dictionary<string, string> entries, string path)
    {
        string location = entries.GetValueOrDefault("location", "");
        bool isName = location is not ("" or "." or "..") && location.AsSpan().IndexOfAny("/\\:\0") < 0;
        return isName ? location : throw OnnxThrow.BadLocation(path, location);
    }
}
