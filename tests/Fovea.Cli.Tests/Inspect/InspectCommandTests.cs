using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Fovea.Tests;
using Fovea.Tests.Insight;

namespace Fovea.Cli.Tests.Inspect;

public sealed partial class InspectCommandTests : IDisposable
{
    private readonly PictureFolder _pictures = new("a.png", "b.jpg", "c.png", "d.jpg", "e.png");
    private readonly TemporaryFolder _output = new();

    public void Dispose()
    {
        _pictures.Dispose();
        _output.Dispose();
    }

    [Fact]
    public async Task Json_has_every_part_that_is_measured_and_no_other()
    {
        JsonObject json = await Json("--probes");
        Assert.Equal(["model", "images", "norms", "outliers", "channels", "attention", "registers", "local", "lost", "parts_skipped", "seed", "version"], json.Select(pair => pair.Key));
        Assert.Equal(5, (int)json["images"]!["count"]!);
        Assert.Equal(5, json["norms"]!["blocks"]!.AsArray().Count);               // input and four blocks
        Assert.Equal(4, json["norms"]!["blocks"]![4]!["registers"]!.AsArray().Count);
        Assert.Equal(["1", "5", "25", "50", "75", "95", "99", "99.9", "max"], json["norms"]!["blocks"]![0]!["quantiles"]!.AsObject().Select(pair => pair.Key));
        Assert.Equal(4, json["attention"]![0]!["heads"]!.AsArray().Count);
        Assert.Equal("none", (string)json["outliers"]!["verdict"]!);
        Assert.Null(json["outliers"]!["ratio"]);                                   // no outlier, no number
        Assert.Null(json["lost"]!["corloc"]);
        Assert.Equal(["a.png", "b.jpg", "c.png", "d.jpg", "e.png"], json["lost"]!["boxes"]!.AsArray().Select(box => (string)box!["image"]!));
        Assert.Equal("global", (string)json["parts_skipped"]![0]!["part"]!);
        Assert.Equal(["model", "images", "lost", "parts_skipped", "seed", "version"], (await Json("--parts", "lost")).Select(pair => pair.Key));
    }

    [Fact]
    public async Task Same_pictures_give_the_same_bytes()
    {
        string[] files = ["1.html", "2.html"];
        foreach (string file in files)
        {
            ToolRun run = await Inspect("-o", _output.File(file), "--probes");
            Assert.True(run.ExitCode == 0, run.Error);
        }
        Assert.Equal(await File.ReadAllBytesAsync(_output.File(files[0])), await File.ReadAllBytesAsync(_output.File(files[1])));
    }

    [Fact]
    public async Task Page_asks_nothing_of_a_network_and_holds_no_name_as_markup()
    {
        File.Copy(_pictures.File("a.png"), _pictures.File("<img src=x onerror=alert(1)>&'\u202e.png"));
        await Inspect("-o", _output.File("report.html"));
        string html = await File.ReadAllTextAsync(_output.File("report.html"));
        Assert.StartsWith("<!DOCTYPE html>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<img src=x", html, StringComparison.Ordinal);
        Assert.Contains("&lt;img src=x", html, StringComparison.Ordinal);
        Assert.DoesNotContain("\u202e", html, StringComparison.Ordinal);
        Assert.All(Addresses().Matches(html).Select(match => match.Groups["address"].Value), address => Assert.StartsWith("data:image/", address, StringComparison.Ordinal));
        Assert.Contains("default-src 'none'", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pictures_are_written_with_the_names_of_the_formats_page()
    {
        ToolRun run = await Inspect("--png", _output.File("maps"));
        Assert.True(run.ExitCode == 0, run.Error);
        string[] files = [.. Directory.EnumerateFiles(_output.File("maps")).Select(file => Path.GetFileName(file)!)];
        string[] kinds = ["norm", "norm_blocks", "pca", "attn", "sink", "rollout", "lost"];
        Assert.All((string[])["norm_hist.png", "norm_blocks.png", "norm_heat.png", "overview.png", .. kinds.Select(kind => $"b.jpg_{kind}.png")], name => Assert.Contains(name, files));
        Assert.Equal(4 + 5 * kinds.Length, files.Length);
        Assert.All(files, file =>
        {
            using SkiaSharp.SKBitmap picture = SkiaSharp.SKBitmap.Decode(Path.Combine(_output.File("maps"), file));
            Assert.True(picture.Width > 100 && picture.Height > 100, $"{file}: {picture.Width} x {picture.Height}");
            HashSet<SkiaSharp.SKColor> colours = [.. picture.Pixels];
            Assert.True(colours.Count > 2, $"{file} is empty");
        });
        string page = await File.ReadAllTextAsync(TestFolders.InRepository("docs", "formats.md"));
        Assert.All(kinds, kind => Assert.Contains($"`NAME_{kind}.png`", page, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Report_keeps_to_the_most_pictures_and_says_so()
    {
        ToolRun run = await Inspect("--max", "2", "--json", "-o", _output.File("report.html"));
        Assert.Equal(2, (int)JsonNode.Parse(run.Output)!["images"]!["count"]!);
        Assert.Equal(5, (int)JsonNode.Parse(run.Output)!["images"]!["available"]!);
        Assert.Equal(["a.png", "c.png"], JsonNode.Parse(run.Output)!["lost"]!["boxes"]!.AsArray().Select(box => (string)box!["image"]!));
        Assert.Contains("2 of 5 pictures", run.Error, StringComparison.Ordinal);
        Assert.Contains("of 5, spread evenly", await File.ReadAllTextAsync(_output.File("report.html")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_picture_says_what_it_can()
    {
        ToolRun run = await ToolRun.Of("inspect", _pictures.File("a.png"), "-m", PictureFolder.Model, "--probes", "-o", _output.File("report.html"), "--png", _output.File("maps"));
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Contains("only one picture", run.Output, StringComparison.Ordinal);
        Assert.Contains("colours compare its own patches only", await File.ReadAllTextAsync(_output.File("report.html")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pictures_smaller_than_a_patch_and_networks_of_one_patch_are_measured()
    {
        using (SkiaSharp.SKBitmap small = new(3, 2))
        using (SkiaSharp.SKData data = small.Encode(SkiaSharp.SKEncodedImageFormat.Png, 90)) await File.WriteAllBytesAsync(_output.File("small.png"), data.ToArray());
        ToolRun run = await ToolRun.Of("inspect", _output.File("small.png"), "-m", PictureFolder.Model, "-o", _output.File("report.html"));
        Assert.True(run.ExitCode == 0, run.Error);                                 // stretched, as for embeddings
        string model = DrawnModel.Write(_output.File("one.safetensors"), DrawnModel.Config with { PatchSize = 16 }, ImageSize.Square(16));
        run = await ToolRun.Of("inspect", _pictures.Path, "-m", model, "--probes", "-o", _output.File("one.html"), "--png", _output.File("maps"), "--json");
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Contains("a single patch", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Exported_model_gives_all_that_its_source_gives()
    {
        ToolRun export = await ToolRun.Of("export", "-m", PictureFolder.Model, "-o", _output.File("tiny.onnx"));
        Assert.True(export.ExitCode == 0, export.Error);
        ToolRun one = await Inspect("--json"), other = await ToolRun.Of("inspect", _pictures.Path, "-m", _output.File("tiny.onnx"), "--json");
        Assert.Equal(one.Output, other.Output);
    }

    [Fact]
    public async Task Annotations_give_a_score()
    {
        JsonArray images = [], annotations = [];
        foreach ((int number, string name) in _pictures.Names.Index())
        {
            images.Add((JsonNode)new JsonObject { ["id"] = number, ["file_name"] = name, ["width"] = 90 + number, ["height"] = 70 });
            if (number > 0) annotations.Add((JsonNode)new JsonObject { ["image_id"] = number, ["bbox"] = new JsonArray(0, 0, 90 + number, 70) });
        }
        await File.WriteAllTextAsync(_output.File("boxes.json"), new JsonObject { ["images"] = images, ["annotations"] = annotations }.ToJsonString());
        JsonObject lost = (await Json("--parts", "lost", "--boxes", _output.File("boxes.json")))["lost"]!.AsObject();
        Assert.Equal(4, (int)lost["n"]!);
        Assert.Equal(1, (double)lost["trivial"]!["whole picture"]!);
        Assert.Equal(0, (double)lost["trivial"]!["centred half"]!);
        Assert.InRange((double)lost["corloc"]!, 0, 1);
    }

    [Fact]
    public async Task Labels_come_from_a_file_or_from_folders()
    {
        string images = TestFolders.InRepository("samples", "images");
        string[] names = [.. Directory.EnumerateFiles(images).Where(file => !file.EndsWith(".md", StringComparison.Ordinal)).Select(file => Path.GetFileName(file)!)];
        await File.WriteAllLinesAsync(_output.File("labels.csv"), names.Select((name, number) => $"{name},{(number % 2 == 0 ? "one" : "two")}"));
        JsonObject json = JsonNode.Parse((await ToolRun.Of("inspect", images, "-m", PictureFolder.Model, "--parts", "global", "--labels", _output.File("labels.csv"), "--json")).Output)!.AsObject();
        string[] tokens = [.. json["global"]!.AsArray().Select(row => (string)row!["token"]!)];
        Assert.All((string[])["patch mean", "register 1", "register 4 before the last block", "all registers", "highest-norm patch", "random normal patch"], token => Assert.Contains(token, tokens));
        Assert.Equal(8, (int)json["global"]![0]!["test"]!);
    }

    [Fact]
    public async Task What_a_hurried_person_gets_wrong_is_answered_by_a_sentence()
    {
        (await Inspect("-o", _output.File("r.pdf"))).AssertRefused(2, ".html");
        (await Inspect("--parts", "norms,heads")).AssertRefused(2, "'heads'", "channels");
        (await Inspect("--max", "0")).AssertRefused(2, "'0'", "1 or more");
        (await Inspect("--boxes", _output.File("none.json"))).AssertRefused(1, "none.json", "no such file");
        (await Inspect("--labels", _output.File("none.csv"))).AssertRefused(1, "none.csv");
        await File.WriteAllTextAsync(_output.File("bad.csv"), "a.png\n");
        (await Inspect("--labels", _output.File("bad.csv"))).AssertRefused(1, "line 1", "comma");
        (await Inspect("--size", "65")).AssertRefused(2, "65");
        (await Inspect("-o", _output.File("no/such/r.html"))).AssertRefused(1, "no/such");
        await File.WriteAllTextAsync(_output.File("file"), "");
        (await Inspect("--png", _output.File("file"))).AssertRefused(1, "file");
        (await ToolRun.Of("inspect", _pictures.Path, "-m", "")).AssertRefused(2, "-m");
        await File.WriteAllBytesAsync(_output.File("other.onnx"), [8, 11]);
        (await ToolRun.Of("inspect", _pictures.Path, "-m", _output.File("other.onnx"))).AssertRefused(1, "other.onnx");
        Assert.DoesNotContain(_output.Names, name => name.EndsWith(".html", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Bad_pictures_are_skipped_and_listed()
    {
        _pictures.Cut("b.jpg");
        ToolRun run = await Inspect("--json");
        Assert.Equal(4, (int)JsonNode.Parse(run.Output)!["images"]!["count"]!);
        Assert.Contains("skipped b.jpg", run.Error, StringComparison.Ordinal);
        (await Inspect("--strict", "-o", _output.File("r.html"))).AssertRefused(1, "b.jpg");
        Assert.Empty(_output.Names);
    }

    private Task<ToolRun> Inspect(params string[] more) => ToolRun.Of(["inspect", _pictures.Path, "-m", PictureFolder.Model, .. more]);

    private async Task<JsonObject> Json(params string[] more)
    {
        ToolRun run = await Inspect([.. more, "--json"]);
        Assert.True(run.ExitCode == 0, run.Error);
        return JsonNode.Parse(run.Output)!.AsObject();
    }

    [GeneratedRegex("(src|href)=\"(?<address>[^\"]*)\"")]
    private static partial Regex Addresses();
}
