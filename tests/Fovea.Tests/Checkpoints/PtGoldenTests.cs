using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Fovea.Checkpoints;
using Fovea.Tensors;

namespace Fovea.Tests.Checkpoints;

/// <summary>`pt_files/expected.json` is the contract of the `.pt` reader: content equal, or refused.</summary>
public class PtGoldenTests
{
    public static TheoryData<string> MustLoad => Files("must_load");

    public static TheoryData<string> MustRefuse => Files("must_refuse");

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(MustLoad))]
    public void Tensors_equal_those_that_PyTorch_saved(string file)
    {
        using Checkpoint checkpoint = Open(file);
        JsonArray expected = Entry("must_load", file)["tensors"]!.AsArray();
        Assert.Equal(expected.Select(tensor => Describe(tensor!)), Describe(checkpoint));
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(MustLoad))]
    public void Containers_and_values_equal_those_that_PyTorch_saved(string file)
    {
        using Checkpoint checkpoint = Open(file);
        JsonNode entry = Entry("must_load", file);
        List<string> containers = [], values = [];
        List(checkpoint.Root!, "", containers, values);
        Assert.Equal(entry["containers"]!.AsArray().Select(item => $"{Path(item!)}: {item!["type"]} of {item["length"]}"), containers);
        Assert.Equal(entry["values"]!.AsArray().Select(item => $"{Path(item!)}: {item!["type"]} {Text(item)}").Order(StringComparer.Ordinal), values.Order(StringComparer.Ordinal));
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(MustRefuse))]
    public void Hostile_file_is_refused_with_a_sentence_and_little_memory(string file)
    {
        string path = System.IO.Path.Combine(TestFolders.Golden("pt_files"), file);
        long before = GC.GetAllocatedBytesForCurrentThread();
        CheckpointException refusal = Assert.Throws<CheckpointException>(() => Checkpoint.Open(path).Use(checkpoint => checkpoint.ReadAll()));
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(allocated < 64 << 20, $"{allocated:N0} bytes were allocated");
        Assert.StartsWith(path, refusal.Message, StringComparison.Ordinal);
        Assert.EndsWith(".", refusal.Message, StringComparison.Ordinal);
    }

    private static TheoryData<string> Files(string list)
    {
        TheoryData<string> files = [];
        if (TestFolders.FindGolden("pt_files") is { } folder)
        {
            foreach (JsonNode? entry in Index(folder)[list]!.AsArray()) files.Add((string)entry!["file"]!);
        }
        return files;
    }

    private static Checkpoint Open(string file) => Checkpoint.Open(System.IO.Path.Combine(TestFolders.Golden("pt_files"), file));

    private static JsonNode Index(string folder) => JsonNode.Parse(File.ReadAllText(System.IO.Path.Combine(folder, "expected.json")))!;

    private static JsonNode Entry(string list, string file) =>
        Index(TestFolders.Golden("pt_files"))[list]!.AsArray().First(entry => (string)entry!["file"]! == file)!;

    private static string Describe(JsonNode tensor) =>
        $"{Path(tensor)}: {tensor["dtype"]} {Numbers(tensor["shape"]!)} strides {Numbers(tensor["strides"]!)} offset {tensor["offset"]} " +
        $"storage {tensor["storage"]} of {tensor["storage_bytes"]} parameter {tensor["parameter"]} grad {tensor["requires_grad"]} {tensor["sha256"]}";

    private static IEnumerable<string> Describe(Checkpoint checkpoint)
    {
        List<TensorStorage> storages = [];
        foreach (CheckpointTensor tensor in checkpoint.Tensors)
        {
            TensorView view = tensor.View;
            if (!storages.Contains(view.Storage)) storages.Add(view.Storage);
            using SHA256 hash = SHA256.Create();
            using (CryptoStream stream = new(Stream.Null, hash, CryptoStreamMode.Write)) tensor.WriteTo(stream);
            yield return $"{tensor.Name}: {tensor.ElementType.DtypeName()} {tensor.Shape} strides [{string.Join(", ", view.Strides)}] offset {view.Offset} " +
                $"storage {storages.IndexOf(view.Storage)} of {view.Storage.Length} parameter {Lower(view.IsParameter)} grad {Lower(view.RequiresGrad)} " +
                Convert.ToHexStringLower(hash.Hash!);
        }
    }

    private static void List(CheckpointValue value, string path, List<string> containers, List<string> values)
    {
        switch (value)
        {
            case DictionaryValue dictionary:
                containers.Add($"{path}: {(dictionary.IsOrderedDict ? "ordered_dict" : "dict")} of {dictionary.Count}");
                foreach ((DictionaryKey key, CheckpointValue item) in dictionary.Items) List(item, Join(path, key.ToString()), containers, values);
                break;
            case SequenceValue sequence:
                containers.Add($"{path}: {(sequence is TupleValue ? "tuple" : "list")} of {sequence.Count}");
                for (int index = 0; index < sequence.Count; index++) List(sequence[index], Join(path, index.ToString(CultureInfo.InvariantCulture)), containers, values);
                break;
            case not TensorValue:
                values.Add($"{path}: {Text(value)}");
                break;
        }
    }

    private static string Text(CheckpointValue value) => value switch
    {
        NullValue => "none ",
        BooleanValue boolean => $"bool {Lower(boolean.Value)}",
        IntegerValue integer => $"int {integer.Value}",
        NumberValue { Value: var number } => $"float {(double.IsNaN(number) ? "nan" : BitConverter.DoubleToUInt64Bits(number).ToString("x16", CultureInfo.InvariantCulture))}",
        TextValue text => $"str {text.Text}",
        SizeValue size => $"size {size.Shape}",
        DeviceValue device => $"device {device.Device}",
        DtypeValue dtype => $"dtype {dtype.Type.DtypeName()}",
        _ => throw new UnreachableException($"{value} is no value of a tree"),
    };

    private static string Text(JsonNode item) => (string)item["type"]! switch
    {
        "none" => "",
        "float" => (string)item["value"]! == "nan" ? "nan" : (string)item["bits"]!,
        "size" => Numbers(item["value"]!),
        _ => item["value"]!.ToString(),
    };

    private static string Numbers(JsonNode array) => $"[{string.Join(", ", array.AsArray().Select(number => number!.ToString()))}]";

    private static string Path(JsonNode item) => string.Join('.', item["path"]!.AsArray().Select(part => part!.ToString()));

    private static string Join(string path, string key) => path.Length == 0 ? key : $"{path}.{key}";

    private static string Lower(bool value) => value ? "true" : "false";
}
