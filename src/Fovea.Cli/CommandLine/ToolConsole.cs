using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Fovea.Cli.CommandLine;

/// <summary>The three streams of the tool: results go to <see cref="Output"/>, progress and messages to <see cref="Error"/>.</summary>
internal sealed class ToolConsole : IDisposable
{
    private const int StandardOutput = 1;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    public ToolConsole(Stream output, TextWriter error, TextReader input, bool showsProgress)
    {
        Output = output;
        Error = error;
        Input = input;
        ShowsProgress = showsProgress;
    }

    /// <summary>Results as bytes; text is UTF-8.</summary>
    public Stream Output { get; }

    public TextWriter Error { get; }

    public TextReader Input { get; }

    /// <summary>Whether a person looks at <see cref="Error"/>.</summary>
    public bool ShowsProgress { get; }

    public static ToolConsole OfProcess() =>
        new(OpenOutput(), Console.Error, new StreamReader(Console.OpenStandardInput(), Utf8), !Console.IsErrorRedirected);

    // The console's own stream hides that nobody reads a pipe any more, and a run of hours would go on for nobody. A file keeps the
    // console's stream: others may write to it too, and a FileStream has a position of its own.
    private static Stream OpenOutput()
    {
        if (OperatingSystem.IsWindows() || !Console.IsOutputRedirected) return Console.OpenStandardOutput();
        FileStream stream = new(new SafeFileHandle(StandardOutput, ownsHandle: false), FileAccess.Write, bufferSize: 0);
        return stream.CanSeek ? Console.OpenStandardOutput() : stream;
    }

    /// <summary>A writer of text results; flush it at the end.</summary>
    public StreamWriter OpenText() => new(Output, Utf8, bufferSize: 1 << 14, leaveOpen: true) { NewLine = "\n" };

    public void Dispose()
    {
        Output.Dispose();
        Input.Dispose();
    }
}
