using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Fovea.Checkpoints;
using Fovea.Graphs;
using Fovea.Tests.Export;
using Fovea.Tests.Graphs;

namespace Fovea.Cli.Tests.Commands;

public sealed partial class ExportCommandTests : IDisposable
{
    private readonly PictureFolder _pictures = new("a.png", "b.jpg");
    private readonly PictureFolder _output = new();

    private string Onnx => _output.File("model.onnx");

    public void Dispose()
    {
        _pictures.Dispose();
        _output.Dispose();
    }

    [Fact]
    public async Task Exported_file_gives_the_embeddings_of_its_model()
    {
        ToolRun export = await ToolRun.Of("export", "-m", PictureFolder.Model, "-o", Onnx);
        Assert.True(export.ExitCode == 0, export.Error);
        Assert.Empty(export.Output);
        Assert.Equal(["model.onnx"], _output.Names);
        ToolRun source = await ToolRun.Of("embed", _pictures.Path, "-m", PictureFolder.Model), exported = await ToolRun.Of("embed", _pictures.Path, "-m", Onnx);
        Assert.Equal(source.Output, exported.Output);
    }

    [Fact]
    public async Task Weights_file_gives_the_embeddings_of_its_model()
    {
        string weights = _output.File("model.safetensors");
        ToolRun export = await ToolRun.Of("export", "-m", PictureFolder.Model, "-o", weights);
        Assert.True(export.ExitCode == 0, export.Error);
        ToolRun source = await ToolRun.Of("embed", _pictures.Path, "-m", PictureFolder.Model), exported = await ToolRun.Of("embed", _pictures.Path, "-m", weights);
        Assert.Equal(source.Output, exported.Output);
    }

    [Fact]
    public async Task Half_precision_takes_half_the_bytes_and_gives_nearly_the_same_embeddings()
    {
        string whole = _output.File("whole.safetensors"), half = _output.File("half.safetensors");
        Assert.Equal(0, (await ToolRun.Of("export", "-m", PictureFolder.Model, "-o", whole)).ExitCode);
        Assert.Equal(0, (await ToolRun.Of("export", "-m", PictureFolder.Model, "-o", half, "--half")).ExitCode);
        Assert.InRange((double)new FileInfo(half).Length / new FileInfo(whole).Length, 0.5, 0.6);
        using ImageEncoder exact = ImageEncoder.Load(whole), rounded = ImageEncoder.Load(half);
        double cosine = Cosine(exact.Embed(_pictures.File("a.png")), rounded.Embed(_pictures.File("a.png")));
        Assert.InRange(cosine, 0.9999, 0.99999999);
    }

    [Theory]
    [InlineData("model.onnx")]
    [InlineData("model.safetensors")]
    public async Task Origin_is_written_into_the_file(string name)
    {
        Assert.Equal(0, (await ToolRun.Of("export", "-m", PictureFolder.Model, "-o", _output.File(name), "--data", "drawn pictures", "--licence", "CC0")).ExitCode);
        using ImageEncoder encoder = ImageEncoder.Load(_output.File(name));
        Assert.Equal(new ModelOrigin(null, "drawn pictures", "CC0"), encoder.Description.Origin);
    }

    [Fact]
    public async Task Options_of_one_form_are_refused_for_the_other()
    {
        (await ToolRun.Of("export", "-m", PictureFolder.Model, "-o", Onnx, "--half")).AssertRefused(2, "--half is for .safetensors");
        (await ToolRun.Of("export", "-m", PictureFolder.Model, "-o", _output.File("x.safetensors"), "--precision", "int8")).AssertRefused(2, "for .onnx files");
        Assert.Empty(_output.Names);
    }

    [Fact]
    public async Task Int8_tells_the_cosines_on_drawn_pictures()
    {
        ToolRun run = await ToolRun.Of("export", "-m", PictureFolder.Model, "-o", Onnx, "--precision", "int8");
        Assert.True(run.ExitCode == 0, run.Error);
        Match told = Told().Match(Assert.Single(run.OutputLines));
        Assert.True(told.Success && told.Groups["pictures"].Value == "16 drawn pictures", run.Output);
        double least = double.Parse(told.Groups["least"].Value, CultureInfo.InvariantCulture), mean = double.Parse(told.Groups["mean"].Value, CultureInfo.InvariantCulture);
        Assert.True(least is > 0.999 and < 1 && mean >= least && mean < 1, run.Output);
        Assert.DoesNotContain("below", run.Error, StringComparison.Ordinal);
        Assert.Equal(["model.onnx"], _output.Names);
    }

    [Fact]
    public async Task Cosines_are_those_between_both_files()
    {
        ToolRun run = await ToolRun.Of("export", "-m", PictureFolder.Model, "-o", Onnx, "--precision", "int8", "--json", "--quiet", _pictures.File("a.png"));
        JsonObject summary = JsonNode.Parse(run.Output)!.AsObject();
        Assert.Equal(["output", "data", "precision", "comparison"], summary.Select(field => field.Key));
        Assert.Equal((Onnx, null, "int8"), ((string?)summary["output"], (string?)summary["data"], (string?)summary["precision"]));
        Assert.Empty(run.Error);
        using ImageEncoder exact = ImageEncoder.Load(PictureFolder.Model), int8 = ImageEncoder.Load(Onnx);
        double expected = Cosine(exact.Embed(_pictures.File("a.png")), int8.Embed(_pictures.File("a.png")));
        Assert.Equal(expected, (double)summary["comparison"]!["cosine_least"]!, 1e-6);
        Assert.Equal(expected, (double)summary["comparison"]!["cosine_mean"]!, 1e-6);
        Assert.Equal((1, false), ((int)summary["comparison"]!["pictures"]!, (bool)summary["comparison"]!["drawn"]!));
    }

    [Fact]
    public async Task Model_that_int8_does_not_suit_is_warned_of()
    {
        // One input of each linear layer a thousand times as large: in bytes, nothing is left of the others.
        using Golden golden = Golden.Open("vit_tiny");
        foreach (string key in golden.Weights.Keys.Where(QuantizedMatrix.MayHold).Where(key => golden.Weights[key].Shape.Rank == 2))
        {
            float[] values = golden.Weights[key].Values.ToArray();
            int inputs = (int)golden.Weights[key].Shape[1];
            for (int index = 0; index < values.Length; index += inputs) values[index] *= 1000;
            golden.Weights[key] = new Weight(golden.Weights[key].Shape, values);
        }
        string model = _output.File("vit.safetensors");
        ModelFiles.WriteSafetensors(model, golden);
        ToolRun run = await ToolRun.Of("export", "-m", model, "-o", Onnx, "--precision", "int8");
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("fovea: a cosine is below 0.999", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bad_picture_is_skipped_listed_and_counted()
    {
        _pictures.Cut("b.jpg");
        ToolRun run = await ToolRun.Of("export", "-m", PictureFolder.Model, "-o", Onnx, "--precision", "int8", _pictures.Path);
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("on 1 picture:", run.Output, StringComparison.Ordinal);
        Assert.Contains("skipped b.jpg: ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_that_fails_leaves_what_was_there()
    {
        await File.WriteAllTextAsync(Onnx, "precious");
        _pictures.Cut("b.jpg");
        (await ToolRun.Of("export", "-m", PictureFolder.Model, "-o", Onnx, "--precision", "int8", _pictures.File("b.jpg"), "--strict")).AssertRefused(1, "b.jpg");
        Assert.Equal("precious", await File.ReadAllTextAsync(Onnx));
        Assert.Equal(["model.onnx"], _output.Names);
    }

    [Fact]
    public async Task Stopped_run_leaves_nothing()
    {
        using CancellationTokenSource stop = new();
        await stop.CancelAsync();
        ToolRun run = await ToolRun.With(TextReader.Null, stop.Token, "export", "-m", PictureFolder.Model, "-o", Onnx, "--precision", "int8");
        run.AssertRefused(130, "stopped");
        Assert.Empty(_output.Names);
    }

    [Fact]
    public async Task Size_is_fixed_when_it_is_exported()
    {
        Assert.Equal(0, (await ToolRun.Of("export", "-m", PictureFolder.Model, "-o", Onnx, "--size", "64x128")).ExitCode);
        ToolRun source = await ToolRun.Of("embed", _pictures.Path, "-m", PictureFolder.Model, "--size", "64x128"), exported = await ToolRun.Of("embed", _pictures.Path, "-m", Onnx);
        Assert.Equal(source.Output, exported.Output);
        (await ToolRun.Of("embed", _pictures.Path, "-m", Onnx, "--size", "64")).AssertRefused(2, "takes pictures of 64x128 alone", "not 64x64");
    }

    [Fact]
    public async Task Info_lists_description_precision_and_initialisers()
    {
        await ToolRun.Of("export", "-m", PictureFolder.Model, "-o", Onnx, "--precision", "int8");
        ToolRun text = await ToolRun.Of("info", Onnx), json = await ToolRun.Of("info", Onnx, "--json", "--hash");
        Assert.All(["(ONNX, ", "vit_reg4_m16_rms_avg", "64x64", "216,448", "precision   int8"], word => Assert.Contains(word, text.Output, StringComparison.Ordinal));
        JsonNode[] tensors = [.. JsonNode.Parse(json.Output)!["tensors"]!.AsArray().OfType<JsonNode>()];
        JsonNode matrix = tensors.Single(tensor => (string)tensor["name"]! == "encoder.block.3.mlp.0.weight");
        Assert.Equal(("int8", "[64,256]"), ((string)matrix["dtype"]!, matrix["shape"]!.ToJsonString()));
        Assert.Equal("vit_reg4_m16_rms_avg", (string)JsonNode.Parse(json.Output)!["network"]!);
    }

    [Fact]
    public async Task What_a_hurried_person_gets_wrong_is_answered_by_a_sentence()
    {
        string model = PictureFolder.Model;
        (await ToolRun.Of("export", "-m", model)).AssertRefused(2, "output");
        (await ToolRun.Of("export", "-m", model, "-o", _output.File("model.pt"))).AssertRefused(2, ".onnx");
        (await ToolRun.Of("export", "-m", model, "-o", _output.File("no/model.onnx"))).AssertRefused(1, "no folder");
        (await ToolRun.Of("export", "-m", model, "-o", Onnx, _pictures.Path)).AssertRefused(2, "--precision int8");
        (await ToolRun.Of("export", "-m", model, "-o", Onnx, "--size", "65")).AssertRefused(2, "patches of 8");
        Assert.Empty(_output.Names);
        await ToolRun.Of("export", "-m", model, "-o", Onnx, "--precision", "int8");
        (await ToolRun.Of("embed", _pictures.Path, "-m", Onnx, "--precision", "fp32")).AssertRefused(2, "holds int8 weights");
        (await ToolRun.Of("export", "-m", Onnx, "-o", _output.File("again.onnx"))).AssertRefused(1, "copy the file");
        OnnxGraph other = new("other");
        other.Output("y", other.Add(other.Input("x", 1), other.Constant(1)), 1);
        await File.WriteAllBytesAsync(Onnx, other.ToBytes());
        (await ToolRun.Of("info", Onnx)).AssertRefused(1, "without Fovea's description");
        (await ToolRun.Of("embed", _pictures.Path, "-m", Onnx)).AssertRefused(1, "without Fovea's description");
    }

    private static double Cosine(float[] left, float[] right) => Product(left, right) / Math.Sqrt(Product(left, left) * Product(right, right));

    private static double Product(float[] left, float[] right) => left.Zip(right).Sum(pair => (double)pair.First * pair.Second);

    [GeneratedRegex(@"^int8 against fp32 on (?<pictures>.+): cosine least (?<least>[0-9.]+), mean (?<mean>[0-9.]+)$")]
    private static partial Regex Told();
}
