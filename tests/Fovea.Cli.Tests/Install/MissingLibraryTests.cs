using System.Diagnostics;

namespace Fovea.Cli.Tests.Install;

/// <summary>The tool as this build made it, with one of its two native libraries gone.</summary>
public sealed class MissingLibraryTests : IDisposable
{
    private readonly PictureFolder _pictures = new("a.png");
    private readonly Fovea.Tests.TemporaryFolder _tool = new();

    public void Dispose()
    {
        _pictures.Dispose();
        _tool.Dispose();
    }

    [Theory]
    [InlineData("libSkiaSharp.so", "SkiaSharp.NativeAssets.Linux.NoDependencies")]
    [InlineData("libonnxruntime.so", "Microsoft.ML.OnnxRuntime")]
    public async Task Missing_library_is_answered_by_the_name_of_its_package(string library, string package)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the libraries are called so on Linux");
        LinkToolWithout(library);
        ProcessStartInfo start = new("dotnet", [_tool.File("Fovea.Cli.dll"), "embed", _pictures.File("a.png"), "-m", PictureFolder.Model]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process tool = Process.Start(start)!;
        Task<string> error = tool.StandardError.ReadToEndAsync(), output = tool.StandardOutput.ReadToEndAsync();
        await tool.WaitForExitAsync();
        Assert.Empty(await output);
        string sentence = Assert.Single((await error).Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(1, tool.ExitCode);
        Assert.StartsWith("fovea: ", sentence, StringComparison.Ordinal);
        Assert.Contains($"add the package {package}", sentence, StringComparison.Ordinal);
    }

    // Without the list of dependencies the runtime takes what lies beside the program, and only that. It follows a link to the program itself.
    private void LinkToolWithout(string library)
    {
        string[] natives = Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "runtimes", "linux-x64", "native"));
        foreach (string file in Directory.EnumerateFiles(AppContext.BaseDirectory).Concat(natives))
        {
            string name = Path.GetFileName(file);
            if (name.EndsWith(".deps.json", StringComparison.Ordinal) || name == library || File.Exists(_tool.File(name))) continue;
            if (name.StartsWith("Fovea.Cli.", StringComparison.Ordinal)) File.Copy(file, _tool.File(name));
            else File.CreateSymbolicLink(_tool.File(name), file);
        }
    }
}
