using System.Text.Json.Nodes;
using Fovea.Tests;

namespace Fovea.Training.Cli.Tests;

public sealed class EvaluateCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private static string Model => Path.Combine(TestFolders.Golden("vit_tiny"), "vit_reg4_m16_rms_avg_emb_5.pt");

    [Theory]
    [InlineData("knn")]
    [InlineData("linear")]
    [InlineData("fewshot")]
    [InlineData("retrieval")]
    public async Task Model_is_measured_beside_random_initialisation_and_pixels(string protocol)
    {
        string pictures = Classes();
        TrainRun run = await TrainRun.Of("evaluate", protocol, Model, "--train", pictures, "--test", pictures, "--json", "--quiet", "--threads", "1", "-o", _folder.File("reports"));
        Assert.Equal((0, run.Error), (run.ExitCode, run.Error));
        JsonObject columns = JsonNode.Parse(run.Output)!.AsObject();
        Assert.Equal(["model", "random initialisation", "raw pixels"], columns.Select(column => column.Key));
        Assert.All(columns, column => Assert.Equal(12, (int)column.Value!["data"]!["test"]!));
        Assert.True(File.Exists(Path.Combine(_folder.File("reports"), $"{protocol}-model.json")));
    }

    [Fact]
    public async Task Table_says_that_test_pictures_are_known()
    {
        string pictures = Classes();
        TrainRun run = await TrainRun.Of("evaluate", "knn", Model, "--train", pictures, "--test", pictures, "--threads", "1");
        Assert.Contains("12 test pictures are in the training set too", run.Output, StringComparison.Ordinal);
        Assert.Contains("random initialisation", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mistakes_are_answered_with_a_sentence()
    {
        string pictures = Classes();
        (await TrainRun.Of("evaluate", "knn", "nowhere.pt", "--train", pictures, "--test", pictures)).AssertRefused(1, "nowhere.pt");
        (await TrainRun.Of("evaluate", "knn", Model, "--train", pictures)).AssertRefused(2, "--test");
        (await TrainRun.Of("evaluate", "knn", Model, "--train", TestFolders.InRepository("samples", "images"), "--test", pictures)).AssertRefused(1, "folder");
        (await TrainRun.Of("evaluate", "svm", Model)).AssertRefused(2, "there is no command 'svm'", "fovea-train evaluate --help");
    }

    // Two classes of six pictures.
    private string Classes()
    {
        string[] samples = [.. Directory.GetFiles(TestFolders.InRepository("samples", "images"), "*.png").Order(StringComparer.Ordinal)];
        foreach ((int number, string name) in Enumerable.Range(0, 12).Select(number => (number, name: number % 2 == 0 ? "even" : "odd")))
        {
            string place = Directory.CreateDirectory(Path.Combine(_folder.File("classes"), name)).FullName;
            File.Copy(samples[number % samples.Length], Path.Combine(place, $"{number}.png"));
        }
        return _folder.File("classes");
    }
}
