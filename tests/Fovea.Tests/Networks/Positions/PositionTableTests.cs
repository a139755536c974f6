using System.Text.Json.Nodes;
using Fovea.Networks;
using Fovea.Tests.Graphs;

namespace Fovea.Tests.Networks;

/// <summary>Tables of positions against `pos_embed`.</summary>
public class PositionTableTests
{
    public static TheoryData<string> Resizes => Names("resize");

    public static TheoryData<string> SineCosines => Names("sincos");

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Resizes))]
    public void Resize_equals_the_reference(string name)
    {
        JsonNode entry = Entry("resize", name);
        PatchGrid from = new((int)entry["old_grid"]![0]!, (int)entry["old_grid"]![1]!), to = new((int)entry["new_grid"]![0]!, (int)entry["new_grid"]![1]!);
        using GoldenTensors golden = Open("resize.safetensors");
        foreach (PositionTable.Filter filter in Enum.GetValues<PositionTable.Filter>())
        {
            float[] found = PositionTable.Resize(golden.Floats($"inputs.{name}"), (int)entry["dim"]!, (int)entry["special_tokens"]!, from, to, filter);
            new Tolerance(1e-5, 0).Check($"{name} {filter}", golden.Floats($"outputs.{name}.antialias_{OnOff(filter)}"), found);
        }
    }

    [Fact]
    public void Weights_of_one_axis_equal_the_exact_ones()
    {
        using GoldenTensors golden = Open("resize.safetensors");
        string[] names = [.. golden.Names.Where(name => name.StartsWith("weights.", StringComparison.Ordinal))];
        Assert.NotEmpty(names);
        foreach (string name in names)
        {
            TensorShape shape = golden.Shape(name);
            PositionTable.Filter filter = name.EndsWith("_on", StringComparison.Ordinal) ? PositionTable.Filter.Antialiased : PositionTable.Filter.Plain;
            double[] expected = golden.Doubles(name), found = PositionTable.Weights((int)shape[1], (int)shape[0], filter);
            // Both are double precision; quotients and sums of a dozen terms.
            Assert.All(expected.Zip(found), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
        }
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(SineCosines))]
    public void Sine_cosine_table_equals_the_reference(string name)
    {
        JsonNode entry = Entry("sincos", name);
        using GoldenTensors golden = Open("sincos.safetensors");
        int width = (int)entry["dim"]!;
        float[] table = SineCosinePositions.Table(new PatchGrid((int)entry["h"]!, (int)entry["w"]!), width, (int)entry["special_tokens"]!, (double)entry["temperature"]!);
        int step = entry["rows_stored"]!.ToString() is var rows && rows == "all" ? 1 : 5;
        float[] stored = [.. table.Chunk(width).Where((_, row) => row % step == 0).SelectMany(row => row)];
        new Tolerance(5e-6, 0).Check(name, golden.Floats(name), stored);
    }

    private static string OnOff(PositionTable.Filter filter) => filter == PositionTable.Filter.Antialiased ? "on" : "off";

    private static GoldenTensors Open(string file) => new(Path.Combine(TestFolders.Golden("pos_embed"), file));

    private static JsonNode Entry(string list, string name) => Index(TestFolders.Golden("pos_embed"))[list]!.AsArray().First(entry => (string)entry!["name"]! == name)!;

    private static JsonNode Index(string folder) => JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "index.json")))!;

    private static TheoryData<string> Names(string list)
    {
        TheoryData<string> names = [];
        if (TestFolders.FindGolden("pos_embed") is { } folder)
        {
            foreach (JsonNode? entry in Index(folder)[list]!.AsArray()) names.Add((string)entry!["name"]!);
        }
        return names;
    }
}
