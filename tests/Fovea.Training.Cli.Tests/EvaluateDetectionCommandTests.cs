using System.Diagnostics;
using System.Text.Json.Nodes;
using Fovea.Tests;

namespace Fovea.Training.Cli.Tests;

public sealed class EvaluateDetectionCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Figures_have_the_names_and_the_form_of_the_goldens()
    {
        string folder = Path.Combine(TestFolders.Golden("coco_ap"), "01_basic");
        TrainRun run = await TrainRun.Of("evaluate", "detection", "--ground-truth", Path.Combine(folder, "gt.json"), "--detections", Path.Combine(folder, "dt.json"), "--json", "--arrays", _folder.File("arrays.json"));
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        JsonObject found = JsonNode.Parse(run.Output)!.AsObject();
        JsonNode expected = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "expected.json")))!;
        Assert.Equal(["summary", "per_category"], found.Select(field => field.Key));
        Assert.Equal(expected["summary"]!.AsObject().Select(field => field.Key), found["summary"]!.AsObject().Select(field => field.Key));
        Assert.Equal(expected["per_category"]![0]!.AsObject().Select(field => field.Key), found["per_category"]![0]!.AsObject().Select(field => field.Key));
        Assert.Equal((double)expected["summary"]!["AP"]!, (double)found["summary"]!["AP"]!, 1e-9);
        JsonNode arrays = JsonNode.Parse(await File.ReadAllTextAsync(_folder.File("arrays.json")))!, expectedArrays = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "arrays.json")))!;
        Assert.Equal(expectedArrays["precision"]!.AsArray().Count, arrays["precision"]!.AsArray().Count);
    }

    [Fact]
    public async Task Nothing_to_measure_is_minus_1_as_JSON_and_n_a_for_people()
    {
        string folder = Path.Combine(TestFolders.Golden("coco_ap"), "13_no_annotations");
        string[] arguments = ["evaluate", "detection", "--ground-truth", Path.Combine(folder, "gt.json"), "--detections", Path.Combine(folder, "dt.json")];
        Assert.Contains("\"AP\":-1,", (await TrainRun.Of([.. arguments, "--json"])).Output, StringComparison.Ordinal);
        Assert.Contains("n/a", (await TrainRun.Of(arguments)).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mistakes_are_answered_with_a_sentence()
    {
        string folder = Path.Combine(TestFolders.Golden("coco_ap"), "01_basic"), truth = Path.Combine(folder, "gt.json"), other = _folder.File("other.json");
        await File.WriteAllTextAsync(other, """[{"image_id": 99, "category_id": 1, "bbox": [0, 0, 1, 1], "score": 1}]""");
        (await TrainRun.Of("evaluate", "detection", "--ground-truth", truth)).AssertRefused(2, "--detections");
        (await TrainRun.Of("evaluate", "detection", "--ground-truth", truth, "--detections", other)).AssertRefused(1, "other.json", "99");
        (await TrainRun.Of("evaluate", "detection", "--ground-truth", truth, "--detections", truth)).AssertRefused(1, "no COCO result file");
        (await TrainRun.Of("evaluate", "detection", "--ground-truth", _folder.File("nowhere.json"), "--detections", other)).AssertRefused(1, "nowhere.json");
        (await TrainRun.Of("evaluate", "detection", "--ground-truth", truth, "--detections", Path.Combine(folder, "dt.json"), "--arrays", _folder.File("no/arrays.json"))).AssertRefused(1, "arrays.json cannot be written", "another place");
    }

    /// <summary>The dynamic linker itself lists every library that the process loads.</summary>
    [Fact]
    public async Task Libtorch_is_not_loaded()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the list of loaded libraries comes from Linux's dynamic linker");
        string folder = Path.Combine(TestFolders.Golden("coco_ap"), "01_basic");
        string measured = await LoadedBy("evaluate", "detection", "--ground-truth", Path.Combine(folder, "gt.json"), "--detections", Path.Combine(folder, "dt.json"), "--json");
        Assert.Contains("libcoreclr", measured, StringComparison.Ordinal);
        Assert.DoesNotContain("torch", measured, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("libtorch", await LoadedBy("pretrain", "--recipe", "ijepa-cifar10", "--data", TestFolders.InRepository("samples", "images"), "-o", _folder.File("run"), "--device", "cuda"), StringComparison.Ordinal);
    }

    private async Task<string> LoadedBy(params string[] arguments)
    {
        string list = _folder.File($"loaded-{arguments[0]}");
        ProcessStartInfo start = new("dotnet", [Path.Combine(AppContext.BaseDirectory, "Fovea.Training.Cli.dll"), .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["LD_DEBUG"] = "files";
        start.Environment["LD_DEBUG_OUTPUT"] = list;
        using Process process = Process.Start(start)!;
        await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return string.Concat(await Task.WhenAll(Directory.GetFiles(_folder.Path, $"{Path.GetFileName(list)}.*").Select(file => File.ReadAllTextAsync(file))));
    }
}
