using System.Text.Json.Nodes;
using Fovea.Tests;
using Fovea.Tests.Classifier;

namespace Fovea.Cli.Tests.Commands;

public sealed class ClassifyCommandTests : IDisposable
{
    private readonly PictureFolder _pictures = new("a.png", "b.jpg", "c.png");

    public void Dispose() => _pictures.Dispose();

    [Fact]
    public async Task People_get_the_name_of_each_picture_and_its_five_most_probable_classes()
    {
        ToolRun run = await ToolRun.Of("classify", _pictures.Path, "-m", WrittenModel.Tiny);
        Assert.True(run.ExitCode == 0, run.Error);
        using ImageClassifier classifier = ImageClassifier.Load(WrittenModel.Tiny);
        string[][] pictures = [.. run.OutputLines.Chunk(6)];
        Assert.Equal(["a.png", "b.jpg", "c.png"], pictures.Select(lines => lines[0]));
        Assert.All(pictures, lines => Assert.Equal(classifier.Classify(_pictures.File(lines[0])).Take(5).Select(found => found.Name), lines[1..].Select(line => line[10..])));
        Assert.Contains("3 pictures", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, "3", 3)]
    [InlineData(true, "8", 7)]
    [InlineData(false, "99999999999999", 7)]
    public async Task JSON_lines_hold_as_many_classes_as_asked_for(bool augments, string top, int classes)
    {
        string[] arguments = ["classify", _pictures.Path, "-m", WrittenModel.Tiny, "--json", "--top", top, .. augments ? ["--tta"] : Array.Empty<string>()];
        ToolRun run = await ToolRun.Of(arguments);
        Assert.True(run.ExitCode == 0, run.Error);
        JsonNode[] lines = [.. run.OutputLines.Select(line => JsonNode.Parse(line)!)];
        Assert.Equal(["a.png", "b.jpg", "c.png"], lines.Select(line => (string)line["sample"]!));
        using ImageClassifier classifier = ImageClassifier.Load(WrittenModel.Tiny, new EncoderOptions { TestTimeAugmentation = augments });
        Assert.All(lines, line => Equal(classifier.Classify(_pictures.File((string)line["sample"]!)).Take(classes), line["classes"]!.AsArray()));
    }

    [Fact]
    public async Task File_gets_the_lines_and_standard_output_the_summary()
    {
        _pictures.Cut("b.jpg");
        using PictureFolder output = new();
        ToolRun lines = await ToolRun.Of("classify", _pictures.Path, "-m", WrittenModel.Tiny, "--json");
        ToolRun run = await ToolRun.Of("classify", _pictures.Path, "-m", WrittenModel.Tiny, "-o", output.File("out.jsonl"), "--json", "--quiet");
        Assert.Equal(["out.jsonl"], output.Names);
        Assert.Equal(lines.Output, await File.ReadAllTextAsync(output.File("out.jsonl")));
        JsonObject summary = JsonNode.Parse(run.Output)!.AsObject();
        Assert.Equal((2, 1), ((int)summary["pictures"]!, (int)summary["skipped"]!));
    }

    [Fact]
    public async Task Strict_run_ends_at_the_first_bad_picture_and_leaves_nothing()
    {
        _pictures.Cut("b.jpg");
        using PictureFolder output = new();
        (await ToolRun.Of("classify", _pictures.Path, "-m", WrittenModel.Tiny, "-o", output.File("out.jsonl"), "--strict")).AssertRefused(1, "b.jpg");
        Assert.Empty(output.Names);
    }

    [Fact]
    public async Task Pictures_without_finite_logits_are_listed_and_the_run_fails()
    {
        using TemporaryFolder models = new();
        string broken = WrittenModel.WriteTiny(models.File("broken.safetensors"), [0, 0, float.NaN, 0, 0, 0, 0]);
        ToolRun run = await ToolRun.Of("classify", _pictures.Path, "-m", broken);
        Assert.Equal(1, run.ExitCode);
        Assert.Empty(run.Output);
        Assert.Contains("skipped b.jpg: the network gives NaN or infinity", run.Error, StringComparison.Ordinal);
        Assert.Contains("no picture could be used, 3 skipped", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_hurried_person_gets_wrong_is_answered_by_a_sentence()
    {
        string good = _pictures.Path, model = WrittenModel.Tiny;
        (await ToolRun.Of("classify", good)).AssertRefused(2, "-m");
        (await ToolRun.Of("classify", good, "-m", PictureFolder.Model)).AssertRefused(1, PictureFolder.Model, "has no head", "embed with it");
        (await ToolRun.Of("classify", good, "-m", PictureFolder.Model, "--tta")).AssertRefused(1, "has no head");
        (await ToolRun.Of("classify", good, "-m", model, "--top", "0")).AssertRefused(2, "'0' is no number of classes; give 1 or more");
        (await ToolRun.Of("classify", good, "-m", model, "--top", "-1")).AssertRefused(2, "-1");
        (await ToolRun.Of("classify", good, "-m", model, "--top", "few")).AssertRefused(2, "'few' is no number of classes");
        (await ToolRun.Of("classify", good, "-m", model, "-o", _pictures.File("out.npy"))).AssertRefused(2, ".jsonl");
        (await ToolRun.Of("embed", good, "-m", model, "--tta")).AssertRefused(2, "--tta");
        (await ToolRun.Of("features", good, "-m", model, "-o", _pictures.File("out.npz"), "--tta")).AssertRefused(2, "--tta");
    }

    [Fact]
    [Trait("Category", "Data")]
    public async Task Labels_of_a_data_set_are_written_beside_the_classes()
    {
        string dataset = Path.Combine(TestFolders.Data("caltech101"), "_info.json");
        ToolRun run = await ToolRun.Of("classify", $"{dataset}#val", "-m", WrittenModel.Tiny, "--quiet", "--json", "--top", "1");
        Assert.True(run.ExitCode == 0, run.Error);
        JsonObject[] lines = [.. run.OutputLines.Select(line => JsonNode.Parse(line)!.AsObject())];
        Assert.Equal(101, lines.Select(line => (int)line["label"]!).Distinct().Count());
        Assert.All(lines, line => Assert.Equal(["sample", "label", "classes"], line.Select(field => field.Key)));
    }

    private static void Equal(IEnumerable<ClassProbability> expected, JsonArray found)
    {
        Assert.Equal(expected.Select(known => (known.Index, known.Name)), found.Select(read => ((int)read!["index"]!, (string)read["name"]!)));
        // Bulk runs have one thread inside a matrix product, single ones all: the last bits may differ.
        Assert.All(expected.Zip(found), pair => Assert.Equal(pair.First.Probability, (double)pair.Second!["probability"]!, 1e-5));
    }
}
