using System.Text.Json.Nodes;

namespace Fovea.Tests.Insight;

/// <summary>Every step of LOST against `tests/Goldens/knn/lost.json`.</summary>
public class ObjectDiscoveryGoldenTests
{
    public static TheoryData<int> Cases => [.. Enumerable.Range(0, TestFolders.FindGolden("knn") is null ? 0 : Golden()["cases"]!.AsArray().Count)];

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Cases))]
    public void Every_step_equals_the_reference(int number)
    {
        JsonNode golden = Golden()["cases"]![number]!;
        int[] grid = Integers(golden["grid_hw"]!), size = Integers(golden["image_hw"]!);
        float[] features = [.. golden["features"]!.AsArray().SelectMany(row => row!.AsArray()).Select(value => (float)(double)value!)];
        DiscoveryOptions options = new() { Candidates = (int)golden["k"]!, Bias = (double)golden["gram_bias"]! };
        DiscoveredObject found = ObjectDiscovery.Find(features, features.Length / (grid[0] * grid[1]), new PatchGrid(grid[0], grid[1]), (int)golden["patch"]!, new ImageSize(size[0], size[1]), options);
        Assert.Equal(Integers(golden["degree"]!), found.Degrees);
        Assert.Equal((int)golden["seed"]!, found.Seed);
        Assert.Equal(Integers(golden["similar"]!), found.Expansion);
        Assert.Equal(Booleans(golden["mask"]!), found.Mask);
        Assert.Equal(Booleans(golden["component"]!), found.Component);
        Assert.Equal(Box(golden["box_xyxy"]!), found.Box);
        Assert.Equal(Box(golden["seed_only_box_xyxy"]!), found.SeedOnlyBox);
    }

    private static JsonNode Golden() => JsonNode.Parse(File.ReadAllText(Path.Combine(TestFolders.Golden("knn"), "lost.json")))!;

    private static int[] Integers(JsonNode node) => [.. node.AsArray().Select(value => (int)value!)];

    private static bool[] Booleans(JsonNode node) => [.. node.AsArray().Select(value => value!.GetValueKind() == System.Text.Json.JsonValueKind.Number ? (int)value != 0 : (bool)value)];

    private static PixelBox Box(JsonNode node) => Integers(node) is [var left, var top, var right, var bottom] ? new(left, top, right, bottom) : throw new FormatException("no box");
}
