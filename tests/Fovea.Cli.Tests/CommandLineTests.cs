using Fovea.Cli.CommandLine;

namespace Fovea.Cli.Tests;

/// <summary>What a hurried person gets wrong on any command line.</summary>
public class CommandLineTests
{
    [Theory]
    [InlineData("--help")]
    [InlineData("info", "--help")]
    [InlineData("--version")]
    public async Task Help_and_version_are_results(params string[] arguments)
    {
        ToolRun run = await ToolRun.Of(arguments);
        Assert.Equal(0, run.ExitCode);
        Assert.NotEmpty(run.Output);
        Assert.Empty(run.Error);
    }

    [Theory]
    [InlineData("nothing")]
    [InlineData]
    [InlineData("info")]
    [InlineData("info", "model.pt", "--jsn")]
    public async Task Wrong_command_line_is_answered_by_a_sentence_and_code_2(params string[] arguments) =>
        (await ToolRun.Of(arguments)).AssertRefused(2, "--help");

    [Fact]
    public async Task Unknown_command_is_named() => (await ToolRun.Of("ebmed")).AssertRefused(2, "no command 'ebmed'");

    [Fact]
    public async Task Missing_file_is_answered_by_a_sentence_and_code_1() => (await ToolRun.Of("info", "nowhere/model.pt")).AssertRefused(1, "nowhere/model.pt", "check the path");

    [Fact]
    public async Task Empty_argument_is_a_wrong_command_line() => (await ToolRun.Of("info", "")).AssertRefused(2, "FILE is empty");

    [Fact]
    public async Task Mistake_of_ours_is_not_blamed_on_the_command_line()
    {
        using MemoryStream output = new();
        using StringWriter error = new();
        using ToolConsole console = new(output, error, TextReader.Null, showsProgress: false);
        int exitCode = await FoveaTool.RunAsync(["models"], console, () => throw new ArgumentException("a folder is no number.", "number"));
        Assert.Equal(1, exitCode);
        Assert.StartsWith("fovea: an error that should not happen: a folder is no number. ", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_library_refuses_of_the_command_line_is_its_mistake()
    {
        ToolException refusal = Assert.Throws<ToolException>(() => Given.Use<int>(() => throw new ArgumentException("65 is too odd.", "size")));
        Assert.Equal((2, "65 is too odd."), (refusal.ExitCode, refusal.Message));
        Assert.Equal(2, Assert.Throws<ToolException>(() => Given.Use<int>(() => throw new FormatException("no number."))).ExitCode);
        Assert.Throws<ArgumentOutOfRangeException>(() => Given.Use<int>(() => throw new ArgumentOutOfRangeException("index")));
    }

    [Fact]
    public async Task Debug_shows_where_an_error_came_from()
    {
        ToolRun run = await ToolRun.Of("info", "nowhere/model.pt", "--debug");
        Assert.Contains("   at ", run.Error, StringComparison.Ordinal);
    }
}
