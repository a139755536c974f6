using System.Text;

namespace Fovea.Tests.Export;

/// <summary>
/// The rules of ONNX that its own checker holds models to, on a second reader of the schema that shares nothing with Fovea's: version and operator sets,
/// names defined once and before their use, complete attributes and value types, initialisers of the right length. Fails with what is broken.
/// </summary>
internal sealed class OnnxChecker
{
    private static readonly Dictionary<ulong, int> Sizes = new() { [1] = 4, [3] = 1, [7] = 8 };

    private readonly string _folder;
    private readonly HashSet<string> _domains = [];
    private readonly HashSet<string> _defined = [];
    private readonly HashSet<string> _used = [];

    private OnnxChecker(string folder) => _folder = folder;

    public static void Check(string path)
    {
        Dictionary<int, List<object>> model = Fields(File.ReadAllBytes(path));
        OnnxChecker checker = new(Path.GetDirectoryName(path)!);
        checker.CheckModel(model);
    }

    private void CheckModel(Dictionary<int, List<object>> model)
    {
        ulong version = (ulong)Single(model, 1);
        foreach (Dictionary<int, List<object>> opset in Messages(model, 8))
        {
            Assert.True(_domains.Add(Text(opset, 1)), "an operator set is imported twice");
            if (Text(opset, 1).Length == 0) Assert.True((ulong)Single(opset, 2) == 23 && version == 11, "opset 23 came with IR version 11");
        }
        Assert.Contains("", _domains);
        string[] keys = [.. Messages(model, 14).Select(entry => Text(entry, 1))];
        Assert.Equal(keys.Distinct(), keys);
        Assert.NotEmpty(Text(model, 2));
        CheckGraph(Fields((byte[])Single(model, 7)));
    }

    private void CheckGraph(Dictionary<int, List<object>> graph)
    {
        Assert.NotEmpty(Text(graph, 2));
        foreach (Dictionary<int, List<object>> input in Messages(graph, 11)) Define(CheckValue(input));
        HashSet<string> initialisers = [];
        foreach (Dictionary<int, List<object>> tensor in Messages(graph, 5))
        {
            CheckTensor(tensor);
            Define(Text(tensor, 8));
            initialisers.Add(Text(tensor, 8));
        }
        foreach (Dictionary<int, List<object>> node in Messages(graph, 1)) CheckNode(node);
        string[] outputs = [.. Messages(graph, 12).Select(CheckValue)];
        Assert.NotEmpty(outputs);
        Assert.All(outputs, output => Assert.True(_defined.Contains(output), $"nothing computes the output '{output}'"));
        Assert.True(initialisers.IsSubsetOf(_used), $"nobody uses {string.Join(", ", initialisers.Except(_used))}");
        Assert.All(_domains, domain => Assert.True(domain.Length == 0 || _used.Contains("domain " + domain), $"'{domain}' is imported for nothing"));
    }

    private void CheckNode(Dictionary<int, List<object>> node)
    {
        string operation = Text(node, 4), domain = node.ContainsKey(7) ? Text(node, 7) : "";
        Assert.NotEmpty(operation);
        Assert.True(_domains.Contains(domain), $"{operation} is of '{domain}', which is not imported");
        _used.Add("domain " + domain);
        foreach (string input in Texts(node, 1).Where(input => input.Length > 0))
        {
            Assert.True(_defined.Contains(input), $"{operation} uses '{input}' before it is defined");
            _used.Add(input);
        }
        foreach (Dictionary<int, List<object>> attribute in Messages(node, 5)) CheckAttribute(attribute, operation);
        foreach (string output in Texts(node, 2).Where(output => output.Length > 0)) Define(output);
    }

    // Field of the value by AttributeType: float, int, string, ints.
    private static void CheckAttribute(Dictionary<int, List<object>> attribute, string operation)
    {
        Assert.NotEmpty(Text(attribute, 1));
        int field = (ulong)Single(attribute, 20) switch { 1 => 2, 2 => 3, 3 => 4, 7 => 8, _ => 0 };
        Assert.True(attribute.ContainsKey(field) && attribute.Count == 3, $"the attribute '{Text(attribute, 1)}' of {operation} has not the one value of its type");
    }

    private void CheckTensor(Dictionary<int, List<object>> tensor)
    {
        string name = Text(tensor, 8);
        long bytes = Sizes[(ulong)Single(tensor, 2)];
        foreach (object dimension in tensor.GetValueOrDefault(1) ?? []) bytes *= (long)(ulong)dimension;
        if (!tensor.ContainsKey(13))
        {
            Assert.True(((byte[])Single(tensor, 9)).LongLength == bytes, $"'{name}' has not {bytes} bytes");
            return;
        }
        Dictionary<string, string> place = Messages(tensor, 13).ToDictionary(entry => Text(entry, 1), entry => Text(entry, 2));
        Assert.Equal(1UL, Single(tensor, 14));
        Assert.False(tensor.ContainsKey(9));
        Assert.Equal(Path.GetFileName(place["location"]), place["location"]);
        Assert.Equal(bytes, long.Parse(place["length"], System.Globalization.CultureInfo.InvariantCulture));
        Assert.InRange(long.Parse(place["offset"], System.Globalization.CultureInfo.InvariantCulture) + bytes, 0, new FileInfo(Path.Combine(_folder, place["location"])).Length);
    }

    // A tensor type with an element type and a shape; each dimension is a number or has a name.
    private static string CheckValue(Dictionary<int, List<object>> value)
    {
        Dictionary<int, List<object>> type = Fields((byte[])Single(Fields((byte[])Single(value, 2)), 1));
        Assert.Equal(1UL, Single(type, 1));
        Assert.All(Messages(Fields((byte[])Single(type, 2)), 1), dimension => Assert.True(dimension.ContainsKey(1) ? (ulong)Single(dimension, 1) > 0 : Text(dimension, 2).Length > 0));
        return Text(value, 1);
    }

    private void Define(string name)
    {
        Assert.NotEmpty(name);
        Assert.True(_defined.Add(name), $"'{name}' is defined twice");
    }

    private static object Single(Dictionary<int, List<object>> message, int field) => Assert.Single(message.GetValueOrDefault(field) ?? []);

    private static string Text(Dictionary<int, List<object>> message, int field) => Assert.Single(Texts(message, field));

    private static IEnumerable<string> Texts(Dictionary<int, List<object>> message, int field) =>
        (message.GetValueOrDefault(field) ?? []).Select(text => new UTF8Encoding(false, throwOnInvalidBytes: true).GetString((byte[])text));

    private static IEnumerable<Dictionary<int, List<object>>> Messages(Dictionary<int, List<object>> message, int field) =>
        (message.GetValueOrDefault(field) ?? []).Select(inner => Fields((byte[])inner));

    private static Dictionary<int, List<object>> Fields(byte[] message)
    {
        Dictionary<int, List<object>> fields = [];
        int at = 0;
        while (at < message.Length)
        {
            ulong tag = Varint(message, ref at);
            object value = (tag & 7) switch
            {
                0 => Varint(message, ref at),
                2 => Take(message, ref at, (int)Varint(message, ref at)),
                5 => Take(message, ref at, 4),
                _ => throw new InvalidDataException($"wire type {tag & 7}"),
            };
            if (!fields.TryGetValue((int)(tag >> 3), out List<object>? values)) fields.Add((int)(tag >> 3), values = []);
            values.Add(value);
        }
        return fields;
    }

    private static byte[] Take(byte[] message, ref int at, int length) => message[at..(at += length)];

    private static ulong Varint(byte[] message, ref int at)
    {
        ulong value = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte part = message[at++];
            value |= (ulong)(part & 127) << shift;
            if (part < 128) return value;
        }
    }
}
