using System.Text.Json.Nodes;
using Fovea.Tests;

namespace Fovea.Training.Cli.Tests;

public sealed class DiscoveryCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private static string Model => Path.Combine(TestFolders.Golden("vit_tiny"), "vit_reg4_m16_rms_avg_emb_5.pt");

    private static string Pictures => TestFolders.InRepository("samples", "images");

    [Theory]
    [InlineData("k")]
    [InlineData("q")]
    [InlineData("v")]
    [InlineData("out")]
    public async Task Boxes_are_scored_beside_boxes_that_look_at_nothing(string features)
    {
        TrainRun run = await Discover("--features", features, "--max-side", "96", "--bias", "auto", "--json", "-o", _folder.File("reports"));
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        JsonNode report = JsonNode.Parse(run.Output)!;
        Assert.Equal(["lost", "seed only", "whole picture", "centred half"], report["scores"]!.AsArray().Select(score => (string)score!["boxes"]!));
        // Every second picture has one object: the whole picture.
        Assert.Equal(8, (int)report["scores"]![2]!["found"]!);
        Assert.Equal(8, (int)report["scores"]![2]!["n"]!);
        Assert.Equal(0, (int)report["scores"]![3]!["found"]!);
        Assert.Equal(0.5, (double)report["positive_share"]!, 0.02);
        Assert.Equal(8, (int)report["without_objects"]!);
        Assert.Equal(8, report["boxes"]!.AsArray().Count);
        Assert.Equal(JsonNode.Parse(File.ReadAllText(_folder.File("reports/discovery.json")))!.ToJsonString(), report.ToJsonString());
    }

    [Fact]
    public async Task Annotations_of_another_scale_are_those_of_the_picture()
    {
        string one = (await Discover("--json", "--max-side", "64")).Output;
        Annotate(scale: 3);
        JsonNode tripled = JsonNode.Parse((await TrainRun.Of("evaluate", "discovery", Model, "--test", Pictures, "--boxes", _folder.File("boxes.json"), "--json", "--max-side", "64", "--threads", "1")).Output)!;
        // Sizes were guessed from annotations that say three times too much: each picture goes to the group of its own size.
        double[] expected = [.. JsonNode.Parse(one)!["boxes"]![0]!["box"]!.AsArray().Select(value => 3 * (double)value!)], found = [.. tripled["boxes"]![0]!["box"]!.AsArray().Select(value => (double)value!)];
        for (int side = 0; side < 4; side++) Assert.Equal(expected[side], found[side], 1e-9);
    }

    [Fact]
    public async Task One_size_for_all_and_a_middle_block_can_be_asked_for()
    {
        TrainRun run = await Discover("--size", "64", "--block", "1", "--features", "out", "--center");
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("whole picture   CorLoc 100.00 %", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mistakes_are_answered_with_a_sentence()
    {
        (await TrainRun.Of("evaluate", "discovery", Model, "--test", Pictures, "--boxes", "nowhere.json")).AssertRefused(1, "nowhere.json", "no such file");
        (await TrainRun.Of("evaluate", "discovery", Model, "--test", Pictures)).AssertRefused(2, "--boxes");
        (await Discover("--features", "keys")).AssertRefused(2, "keys");
        (await Discover("--bias", "much")).AssertRefused(2, "'much'", "auto");
        (await Discover("--max-side", "0")).AssertRefused(2, "--max-side");
        (await Discover("--block", "4", "--size", "64")).AssertRefused(2, "blocks 0 to 3");
        File.WriteAllText(_folder.File("boxes.json"), """{"images":[{"id":1,"file_name":"other.jpg","width":4,"height":4}],"annotations":[]}""");
        (await TrainRun.Of("evaluate", "discovery", Model, "--test", Pictures, "--boxes", _folder.File("boxes.json"))).AssertRefused(1, "none of the pictures", "file name");
    }

    private Task<TrainRun> Discover(params string[] more)
    {
        Annotate(scale: 1);
        return TrainRun.Of(["evaluate", "discovery", Model, "--test", Pictures, "--boxes", _folder.File("boxes.json"), "--threads", "1", .. more]);
    }

    private void Annotate(int scale)
    {
        JsonArray images = [], annotations = [];
        foreach ((int number, string file) in Directory.EnumerateFiles(Pictures).Where(file => !file.EndsWith(".md", StringComparison.Ordinal)).Order(StringComparer.Ordinal).Index())
        {
            using SkiaSharp.SKCodec codec = SkiaSharp.SKCodec.Create(file);
            (int width, int height) = (scale * codec.Info.Width, scale * codec.Info.Height);
            images.Add((JsonNode)new JsonObject { ["id"] = number, ["file_name"] = Path.GetFileName(file), ["width"] = width, ["height"] = height });
            if (number % 2 == 0) annotations.Add((JsonNode)new JsonObject { ["image_id"] = number, ["bbox"] = new JsonArray(0, 0, width, height) });
        }
        File.WriteAllText(_folder.File("boxes.json"), new JsonObject { ["images"] = images, ["annotations"] = annotations }.ToJsonString());
    }
}
