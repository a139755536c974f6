using System.Text;
using Fovea.Cli.CommandLine;

namespace Fovea.Training.Cli.Tests;

/// <summary>One command line of `fovea-train`, run in this process.</summary>
internal sealed record TrainRun(int ExitCode, string Output, string Error)
{
    public static async Task<TrainRun> Of(params string[] arguments)
    {
        MemoryStream output = new();
        StringWriter error = new();
        using ToolConsole console = new(output, error, TextReader.Null, showsProgress: false);
        int exitCode = await TrainTool.RunAsync(arguments, console);
        return new TrainRun(exitCode, Encoding.UTF8.GetString(output.ToArray()), error.ToString());
    }

    /// <summary>Refused with this exit code and one sentence that holds all of <paramref name="words"/>; no stack trace.</summary>
    public void AssertRefused(int exitCode, params string[] words)
    {
        Assert.Equal((exitCode, Error), (ExitCode, Error));
        string sentence = Error.TrimEnd('\n').Split('\n')[^1];
        Assert.StartsWith("fovea-train: ", sentence, StringComparison.Ordinal);
        Assert.All(words, word => Assert.Contains(word, sentence, StringComparison.Ordinal));
        Assert.DoesNotContain("   at ", Error, StringComparison.Ordinal);
    }
}
