using System.Text;
using Fovea.Cli.CommandLine;
using Fovea.Hub;

namespace Fovea.Cli.Tests;

/// <summary>One run of the tool inside the test's process: its exit code and what it wrote.</summary>
internal sealed record ToolRun(int ExitCode, byte[] OutputBytes, string Error)
{
    public string Output => Encoding.UTF8.GetString(OutputBytes);

    public string[] OutputLines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public static Task<ToolRun> Of(params string[] arguments) => WithInput("", arguments);

    public static Task<ToolRun> WithInput(string input, params string[] arguments) => StartAsync(new StringReader(input), null, arguments, default);

    public static Task<ToolRun> With(TextReader input, CancellationToken interrupt, params string[] arguments) => StartAsync(input, null, arguments, interrupt);

    public static Task<ToolRun> WithHub(ModelHub hub, params string[] arguments) => WithHub(hub, default, arguments);

    public static Task<ToolRun> WithHub(ModelHub hub, CancellationToken interrupt, params string[] arguments) =>
        StartAsync(new StringReader(""), () => hub, arguments, interrupt);

    /// <summary>Fails unless the run ended with this code and said one sentence, with no stack trace.</summary>
    public void AssertRefused(int exitCode, params string[] words)
    {
        Assert.True(exitCode == ExitCode, $"exit code {ExitCode} instead of {exitCode}: {Error}");
        string sentence = Assert.Single(Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.StartsWith("fovea: ", sentence, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", sentence, StringComparison.Ordinal);
        Assert.All(words, word => Assert.Contains(word, sentence, StringComparison.Ordinal));
    }

    private static async Task<ToolRun> StartAsync(TextReader input, Func<ModelHub>? hub, string[] arguments, CancellationToken interrupt)
    {
        using MemoryStream output = new();
        using StringWriter error = new();
        using ToolConsole console = new(output, error, input, showsProgress: false);
        int exitCode = await FoveaTool.RunAsync(arguments, console, hub, interrupt);
        return new ToolRun(exitCode, output.ToArray(), error.ToString());
    }
}
