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
    public async Task Debug_shows_where_an_error_came_from()
    {
        ToolRun run = await ToolRun.Of("info", "nowhere/model.pt", "--debug");
        Assert.Contains("   at ", run.Error, StringComparison.Ordinal);
    }
}
