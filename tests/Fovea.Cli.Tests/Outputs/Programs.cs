using System.ComponentModel;
using System.Diagnostics;

namespace Fovea.Cli.Tests.Outputs;

/// <summary>Other programs that judge what we write, or prepare the place where we write.</summary>
internal static class Programs
{
    private const string Python = "/usr/bin/python3";

    /// <summary>What a Python script prints; it finds numpy as `np` and the arguments in `sys.argv[1:]`. Skips the test, loudly, without numpy.</summary>
    public static string NumPy(string script, params ReadOnlySpan<string> arguments)
    {
        Assert.SkipUnless(Run(Python, "-c", "import numpy").ExitCode == 0, $"{Python} has no numpy (Debian: apt-get install python3-numpy)");
        (int exitCode, string output, string error) = Run(Python, ["-c", $"import sys, json\nimport numpy as np\n{script}", .. arguments]);
        Assert.True(exitCode == 0, error);
        return output.Trim();
    }

    /// <summary>Runs a program to its end; one that is not there has the shell's exit code for it, 127.</summary>
    public static (int ExitCode, string Output, string Error) Run(string program, params ReadOnlySpan<string> arguments)
    {
        ProcessStartInfo start = new(program, [.. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process? process = TryStart(start, out string reason);
        if (process is null) return (127, "", reason);
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.Result);
    }

    private static Process? TryStart(ProcessStartInfo start, out string reason)
    {
        try
        {
            reason = "";
            return Process.Start(start);
        }
        catch (Win32Exception failure)
        {
            reason = failure.Message;
            return null;
        }
    }
}
