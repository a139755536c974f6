using System.Text.Json.Nodes;
using Fovea.Tests;

namespace Fovea.Cli.Tests;

/// <summary>What the README tells a newcomer to type.</summary>
public class ReadmeCommandTests
{
    private const string RunTool = "    dotnet run -c Release --project src/Fovea.Cli -- ";

    [Fact]
    public async Task First_command_embeds_every_sample_picture()
    {
        string command = File.ReadLines(TestFolders.InRepository("README.md")).First(line => line.StartsWith(RunTool, StringComparison.Ordinal));
        // The README's paths are relative to the repository; tests run elsewhere.
        string[] arguments = [.. command[RunTool.Length..].Split(' ').Select(word => word.Contains('/', StringComparison.Ordinal) ? TestFolders.InRepository(word) : word)];

        ToolRun run = await ToolRun.Of(arguments);

        Assert.True(run.ExitCode == 0, run.Error);
        IEnumerable<string> pictures = Directory.EnumerateFiles(TestFolders.InRepository("samples", "images")).Select(file => Path.GetFileName(file)!).Where(file => file != "README.md");
        Assert.Equal(pictures.Order(StringComparer.Ordinal), run.OutputLines.Select(line => (string)JsonNode.Parse(line)!["sample"]!));
    }

    [Fact]
    public void Test_command_is_the_one_that_continuous_integration_runs()
    {
        Assert.Contains("    dotnet test -c Release\n", File.ReadAllText(TestFolders.InRepository("README.md")), StringComparison.Ordinal);
        Assert.Contains("dotnet test -c Release", File.ReadAllText(TestFolders.InRepository(".ci", "run")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_command_and_option_of_the_table_exists()
    {
        IEnumerable<string[]> lines = File.ReadLines(TestFolders.InRepository("README.md"))
            .Where(line => line.StartsWith("    fovea ", StringComparison.Ordinal)).Select(line => line.Trim().Split(' ', StringSplitOptions.RemoveEmptyEntries));
        foreach (string[] words in lines)
        {
            ToolRun help = await ToolRun.Of(words[1], "--help");
            Assert.Equal(0, help.ExitCode);
            Assert.All(words.Select(word => word.Trim('[', ']', ';', ':')).Where(word => word is ['-', ..]), option => Assert.Contains(option.Split('|')[0], help.Output, StringComparison.Ordinal));
        }
        Assert.NotEmpty(lines);
    }
}
