using System.Text;
using System.Text.Json.Nodes;
using Fovea.Cli.Outputs;
using Fovea.Cli.Outputs.Classes;
using Fovea.Tests;
using FsCheck.Xunit;

namespace Fovea.Cli.Tests.Outputs.Classes;

public class ClassificationWriterTests
{
    private static readonly ImageClassification Beach =
        new("holiday/beach.jpg", 2, [new ClassProbability(2, "Common kingfisher", 0.7215), new ClassProbability(17, "17", 0.125), new ClassProbability(0, "Barn owl", 0.1)]);

    [Fact]
    public void Lines_for_people_are_what_the_documentation_shows() =>
        Assert.Equal("holiday/beach.jpg\n  0.7215  Common kingfisher\n  0.1250  17\n", Written(isJson: false, top: 2, Beach));

    [Fact]
    public void Lines_of_JSON_are_what_the_documentation_shows() => Assert.Equal(
        "{\"sample\":\"holiday/beach.jpg\",\"label\":2,\"classes\":[{\"index\":2,\"name\":\"Common kingfisher\",\"probability\":0.7215},{\"index\":17,\"name\":\"17\",\"probability\":0.125}]}\n",
        Written(isJson: true, top: 2, Beach));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void More_classes_than_there_are_is_all_of_them(bool isJson) => Assert.Equal(Written(isJson, top: 3, Beach), Written(isJson, int.MaxValue, Beach));

    [Fact]
    public void Names_of_a_strange_model_do_nothing_to_the_terminal() => Assert.Equal(
        "a\\u000Ab.png\n  1.0000  \\u001B[31mred\n", Written(isJson: false, top: 1, new ImageClassification("a\nb.png", null, [new ClassProbability(0, "\u001b[31mred", 1)])));

    [Property]
    public void Any_name_and_any_probability_read_back(string? name, uint share)
    {
        string wellFormed = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(name ?? ""));       // half a surrogate pair is no text
        double probability = share / (double)uint.MaxValue;
        string line = Written(isJson: true, top: 1, new ImageClassification("a", null, [new ClassProbability(0, wellFormed, probability)]));
        Assert.Equal(line.Length - 1, line.IndexOf('\n', StringComparison.Ordinal));
        JsonNode found = JsonNode.Parse(line)!["classes"]![0]!;
        Assert.Equal((wellFormed, probability), ((string)found["name"]!, (double)found["probability"]!));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Standard_output_shows_each_picture_at_once(bool isJson)
    {
        using MemoryStream pipe = new();
        using BufferedStream standardOutput = new(pipe);
        using ClassificationWriter writer = ClassificationWriter.Create(path: null, isJson, top: 2, standardOutput);
        writer.Write(Beach);
        Assert.Equal(Written(isJson, top: 2, Beach), Encoding.UTF8.GetString(pipe.ToArray()));
    }

    [Fact]
    public void File_appears_when_it_is_complete_and_not_before()
    {
        using TemporaryFolder folder = new();
        using (ClassificationWriter abandoned = ClassificationWriter.Create(folder.File("x.jsonl"), isJson: false, top: 2, Stream.Null)) abandoned.Write(Beach);
        Assert.Empty(folder.Names);
        using (ClassificationWriter writer = ClassificationWriter.Create(folder.File("x.jsonl"), isJson: false, top: 2, Stream.Null))
        {
            writer.Write(Beach);
            writer.Complete();
        }
        Assert.Equal(["x.jsonl"], folder.Names);
        Assert.Equal(Written(isJson: true, top: 2, Beach), File.ReadAllText(folder.File("x.jsonl")));
    }

    [Fact]
    public void Full_disk_is_told_in_a_sentence()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "there is no /dev/full here");
        using ClassificationWriter writer = ClassificationWriter.Create("/dev/full", isJson: false, top: 2, Stream.Null);
        Assert.Contains("disk is full", Assert.Throws<OutputException>(() => writer.Write(Beach)).Message, StringComparison.Ordinal);
    }

    private static string Written(bool isJson, int top, ImageClassification picture)
    {
        using MemoryStream standardOutput = new();
        using ClassificationWriter writer = ClassificationWriter.Create(path: null, isJson, top, standardOutput);
        writer.Write(picture);
        writer.Complete();
        return Encoding.UTF8.GetString(standardOutput.ToArray());
    }
}
