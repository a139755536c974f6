using System.Text.Json.Nodes;
using Fovea.Tests;

namespace Fovea.Cli.Tests.Commands;

public class InfoCommandTests
{
    public static TheoryData<string> MustLoad => Entries("must_load");

    public static TheoryData<string> MustRefuse => Entries("must_refuse");

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(MustLoad))]
    public async Task Json_lists_every_tensor_of_any_readable_checkpoint(string file)
    {
        string path = Path.Combine(TestFolders.Golden("pt_files"), file);
        JsonArray expected = Index()["must_load"]!.AsArray().First(entry => (string)entry!["file"]! == file)!["tensors"]!.AsArray();

        ToolRun run = await ToolRun.Of("info", path, "--json", "--hash");

        Assert.True(run.ExitCode == 0, run.Error);
        JsonObject json = JsonNode.Parse(run.Output)!.AsObject();
        Assert.Equal(["file", "network", "tensors"], json.Select(field => field.Key));
        Assert.Equal(path, (string)json["file"]!);
        Assert.Equal(expected.Select(Expected), json["tensors"]!.AsArray().Select(tensor => tensor!.ToJsonString()));
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(MustRefuse))]
    public async Task Hostile_file_is_refused_with_one_sentence(string file)
    {
        ToolRun run = await ToolRun.Of("info", Path.Combine(TestFolders.Golden("pt_files"), file), "--json", "--hash");
        run.AssertRefused(1, Path.GetFileName(file));
    }

    [Fact]
    public async Task Network_is_named_when_name_and_parameters_agree()
    {
        ToolRun run = await ToolRun.Of("info", Path.Combine(TestFolders.Golden("vit_tiny"), "vit_reg4_m16_rms_avg_emb_5.pt"), "--json");
        Assert.Equal("vit_reg4_m16_rms_avg", (string)JsonNode.Parse(run.Output)!["network"]!);
    }

    [Fact]
    public async Task Without_hash_no_tensor_has_one()
    {
        ToolRun run = await ToolRun.Of("info", Path.Combine(TestFolders.Golden("vit_tiny"), "vit_reg4_m16_rms_avg_emb_5.pt"), "--json");
        Assert.DoesNotContain("sha256", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Text_says_network_size_classes_and_tensors()
    {
        ToolRun run = await ToolRun.Of("info", Path.Combine(TestFolders.Golden("vit_tiny"), "vit_reg4_m16_rms_avg_seven_5.safetensors"));
        Assert.All(["vit_reg4_m16_rms_avg", "64x64", "Rüppell's vulture", "216,903", "classifier.weight  float32  [7, 64]"], word => Assert.Contains(word, run.Output, StringComparison.Ordinal));
    }

    private static string Expected(JsonNode? tensor) => new JsonObject
    {
        ["name"] = string.Join('.', tensor!["path"]!.AsArray().Select(part => part!.ToString())),
        ["dtype"] = (string)tensor["dtype"]!,
        ["shape"] = tensor["shape"]!.DeepClone(),
        ["sha256"] = (string)tensor["sha256"]!,
    }.ToJsonString();

    private static JsonNode Index() => JsonNode.Parse(File.ReadAllText(Path.Combine(TestFolders.Golden("pt_files"), "expected.json")))!;

    private static TheoryData<string> Entries(string list) => TestFolders.FindGolden("pt_files") is null
        ? []
        : [.. Index()[list]!.AsArray().Select(entry => (string)entry!["file"]!)];
}
