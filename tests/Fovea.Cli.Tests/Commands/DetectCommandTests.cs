using System.Text.Json.Nodes;
using Fovea.Tests;
using Fovea.Tests.Detector;

namespace Fovea.Cli.Tests.Commands;

public sealed class DetectCommandTests : IDisposable
{
    private readonly PictureFolder _pictures = new("7.png", "0042.jpg");
    private readonly TemporaryFolder _folder = new();

    public void Dispose()
    {
        _pictures.Dispose();
        _folder.Dispose();
    }

    private string Model => File.Exists(_folder.File("model.safetensors")) ? _folder.File("model.safetensors") : TinyDetector.Write(_folder.File("model.safetensors"));

    [Fact]
    public async Task Results_have_COCOs_form_with_the_ids_of_pictures_and_classes()
    {
        ToolRun run = await ToolRun.Of("detect", _pictures.Path, "-m", Model, "-o", _folder.File("out.json"), "--score", "0.05");
        Assert.True(run.ExitCode == 0, run.Error);
        JsonArray results = JsonNode.Parse(await File.ReadAllTextAsync(_folder.File("out.json")))!.AsArray();
        Assert.NotEmpty(results);
        Assert.All(results, result => Assert.Equal(["image_id", "category_id", "bbox", "score", "file_name"], result!.AsObject().Select(field => field.Key)));
        Assert.Equal([(42, "0042.jpg"), (7, "7.png")], results.Select(result => ((int)result!["image_id"]!, (string)result["file_name"]!)).Distinct());
        Assert.All(results, result => Assert.Contains((int)result!["category_id"]!, (int[])[17, 18]));
        using ObjectDetector detector = ObjectDetector.Load(Model, new DetectorOptions { LeastScore = 0.05 });
        DetectedObject best = detector.Detect(_pictures.File("0042.jpg")).Objects[0];
        Assert.Equal(best.Score, (double)results[0]!["score"]!, 1e-5);
        Assert.Equal(best.Box.Width, (double)results[0]!["bbox"]![2]!, 1e-3);
        Assert.Contains("2 pictures", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Drawn_pictures_have_the_size_of_the_pictures()
    {
        ToolRun run = await ToolRun.Of("detect", _pictures.Path, "-m", Model, "-o", _folder.File("out.json"), "--draw", _folder.File("drawn"), "--json", "--quiet");
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Equal(2, (int)JsonNode.Parse(run.Output)!["pictures"]!);
        Assert.Equal(["0042.jpg.png", "7.png.png"], Directory.GetFiles(_folder.File("drawn")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        using SkiaSharp.SKBitmap drawn = SkiaSharp.SKBitmap.Decode(_folder.File("drawn/7.png.png"));
        Assert.Equal((90, 70), (drawn.Width, drawn.Height));
    }

    [Fact]
    public async Task Detector_is_exported_and_the_file_detects()
    {
        ToolRun exported = await ToolRun.Of("export", "-m", Model, "-o", _folder.File("model.onnx"));
        Assert.True(exported.ExitCode == 0, exported.Error);
        await ToolRun.Of("detect", _pictures.Path, "-m", Model, "-o", _folder.File("one.json"));
        ToolRun run = await ToolRun.Of("detect", _pictures.Path, "-m", _folder.File("model.onnx"), "-o", _folder.File("other.json"));
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Equal(await File.ReadAllTextAsync(_folder.File("one.json")), await File.ReadAllTextAsync(_folder.File("other.json")));
        (await ToolRun.Of("export", "-m", Model, "-o", _folder.File("int8.onnx"), "--precision", "int8")).AssertRefused(2, "detector", "fp32");
    }

    [Fact]
    public async Task Broken_pictures_are_skipped_and_nothing_half_written_is_left()
    {
        _pictures.Cut("7.png");
        ToolRun run = await ToolRun.Of("detect", _pictures.Path, "-m", Model, "-o", _folder.File("out.json"));
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("skipped 7.png", run.Error, StringComparison.Ordinal);
        Assert.True((await ToolRun.Of("detect", _pictures.Path, "-m", Model, "-o", _folder.File("strict.json"), "--strict")).ExitCode == 1);
        Assert.Equal(["model.safetensors", "out.json"], _folder.Names);
    }

    [Fact]
    public async Task Mistakes_are_answered_with_a_sentence()
    {
        (await ToolRun.Of("detect", _pictures.Path, "-m", Model)).AssertRefused(2, "--output");
        (await ToolRun.Of("detect", _pictures.Path, "-m", Model, "-o", _folder.File("out.txt"))).AssertRefused(2, ".json");
        (await ToolRun.Of("detect", _pictures.Path, "-m", Model, "-o", _folder.File("out.json"), "--score", "2")).AssertRefused(2, "'2' is no score");
        (await ToolRun.Of("detect", _pictures.Path, "-m", PictureFolder.Model, "-o", _folder.File("out.json"))).AssertRefused(1, "is no detector", "fovea-train detect");
        (await ToolRun.Of("embed", _pictures.Path, "-m", Model)).AssertRefused(1, "is a detector");
        (await ToolRun.Of("detect", _pictures.Path, "-o", _folder.File("out.json"))).AssertRefused(2, "no model is named");
    }
}
