using System.Text.Json.Nodes;
using Fovea.Tests.Hub;

namespace Fovea.Cli.Tests.Commands;

/// <summary>`fovea info NAME` and `fovea info --check`.</summary>
public class InfoCheckTests
{
    [Fact]
    public async Task Right_file_is_ok_line_by_line()
    {
        using CheckedModel model = new();
        ToolRun run = await ToolRun.WithHub(model.Hub, "info", model.Model.Name, "--check");
        Assert.Equal(0, run.ExitCode);
        Assert.Contains(model.Path, run.OutputLines[0], StringComparison.Ordinal);
        Assert.Equal(["ok", "ok", "ok", "ok", "note", "ok", "ok", "ok"], run.OutputLines[1..].Select(line => line.Split(' ')[0]));
    }

    [Fact]
    public async Task File_that_differs_ends_with_code_1()
    {
        using CheckedModel model = new(weights => weights.Remove("norm.weight"));
        ToolRun run = await ToolRun.WithHub(model.Hub, "info", model.Path, "--check");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains(run.OutputLines, line => line.StartsWith("differs", StringComparison.Ordinal) && line.Contains("norm.weight", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Json_has_the_same_facts()
    {
        using CheckedModel model = new();
        JsonNode json = JsonNode.Parse((await ToolRun.WithHub(model.Hub, "info", model.Path, "--check", "--json")).Output)!;
        Assert.Equal(model.Path, (string)json["file"]!);
        Assert.Equal(["ok", "ok", "ok", "ok", "note", "ok", "ok", "ok"], json["checks"]!.AsArray().Select(check => (string)check!["outcome"]!));
    }

    [Fact]
    public async Task Name_is_listed_like_its_file()
    {
        using CheckedModel model = new();
        ToolRun byPath = await ToolRun.WithHub(model.Hub, "info", model.Path), byName = await ToolRun.WithHub(model.Hub, "info", model.Model.Name);
        Assert.Equal(0, byName.ExitCode);
        Assert.Equal(byPath.Output, byName.Output);
    }

    [Fact]
    public async Task File_of_no_published_name_cannot_be_checked()
    {
        using CheckedModel model = new();
        string renamed = Path.Combine(Path.GetDirectoryName(model.Path)!, "mine.safetensors");
        File.Move(model.Path, renamed);
        (await ToolRun.WithHub(model.Hub, "info", renamed, "--check")).AssertRefused(1, renamed, model.Model.Name);
    }
}
