using System.Text.Json.Nodes;
using Fovea.Tests.Hub;

namespace Fovea.Cli.Tests.Commands;

/// <summary>`fovea models` and `fovea download`.</summary>
public class HubCommandTests
{
    [Fact]
    public async Task Models_are_a_table_that_says_what_is_downloaded()
    {
        using TestHub hub = new();
        string[] before = (await ToolRun.WithHub(hub.Hub, "models")).OutputLines;
        await File.WriteAllBytesAsync(hub.Target, TestHub.Bytes);
        string[] after = (await ToolRun.WithHub(hub.Hub, "models")).OutputLines;
        Assert.Equal(["name", "network", "MiB", "pictures", "outputs", "downloaded"], Words(before[0]));
        Assert.Equal(["vit_t32_test", "vit_t32", "0.5", "224x224", "-"], Words(Assert.Single(before[1..])));
        Assert.Equal(["vit_t32_test", "vit_t32", "0.5", "224x224", "-", "yes"], Words(Assert.Single(after[1..])));
    }

    [Fact]
    public async Task Models_of_this_version_are_the_27_published_ones() =>
        Assert.Equal(27, JsonNode.Parse((await ToolRun.Of("models", "--json")).Output)!.AsArray().Count);

    [Fact]
    public async Task Models_as_JSON_have_everything_that_a_program_needs()
    {
        using TestHub hub = new();
        JsonObject model = JsonNode.Parse((await ToolRun.WithHub(hub.Hub, "models", "--json")).Output)!.AsArray()[0]!.AsObject();
        Assert.Equal(["name", "network", "tag", "task", "image_size", "outputs", "parameters", "files"], model.Select(field => field.Key));
        JsonObject file = model["files"]![0]!.AsObject();
        Assert.Equal(["format", "size_mib", "sha256", "url", "path", "downloaded"], file.Select(field => field.Key));
        Assert.Equal((hub.Target, false), ((string)file["path"]!, (bool)file["downloaded"]!));
    }

    [Fact]
    public async Task Download_prints_the_path_alone_and_the_file_is_there()
    {
        using TestServer server = new(Answers.Good(TestHub.Bytes));
        using TestHub hub = new(server.Address);
        ToolRun run = await ToolRun.WithHub(hub.Hub, "download", TestHub.Name);
        Assert.Equal((0, hub.Target + "\n", $"downloading {TestHub.Name}, 1 MB\n"), (run.ExitCode, run.Output, run.Error));
        Assert.Equal(TestHub.Bytes, await File.ReadAllBytesAsync(hub.Target));
    }

    [Fact]
    public async Task Other_file_is_replaced_only_by_force()
    {
        using TestServer server = new(Answers.Good(TestHub.Bytes));
        using TestHub hub = new(server.Address);
        await File.WriteAllTextAsync(hub.Target, "mine");
        (await ToolRun.WithHub(hub.Hub, "download", TestHub.Name)).AssertRefused(1, hub.Target, "(fovea download --force)");
        Assert.Equal(0, (await ToolRun.WithHub(hub.Hub, "download", TestHub.Name, "--force")).ExitCode);
        Assert.Equal(TestHub.Bytes, await File.ReadAllBytesAsync(hub.Target));
    }

    [Theory]
    [InlineData("vit_t32_tets", "vit_t32_test")]
    [InlineData("vit_t32_test", "as pt", "--format", "onnx")]
    public async Task What_is_not_published_is_refused_with_what_is(string name, string word, params string[] options)
    {
        using TestHub hub = new();
        (await ToolRun.WithHub(hub.Hub, ["download", name, .. options])).AssertRefused(1, word);
    }

    [Fact]
    public async Task Interrupted_download_says_that_it_goes_on()
    {
        using CancellationTokenSource interrupt = new();
        using TestServer server = new((_, _, serverEnds) =>
        {
            interrupt.Cancel();
            return Task.Delay(Timeout.Infinite, serverEnds);
        });
        using TestHub hub = new(server.Address);
        (await ToolRun.WithHub(hub.Hub, interrupt.Token, "download", TestHub.Name, "--quiet")).AssertRefused(130, "goes on from there");
    }

    private static string[] Words(string line) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
