using System.Diagnostics;
using System.Runtime.InteropServices;
using Fovea.Tests;

namespace Fovea.Cli.Tests.Install;

/// <summary>
/// Somebody with the SDK and nothing else: an empty home, an empty folder to work in, two folders of packages as only sources, and a proxy
/// that answers nobody. Deleted when the test ends.
/// </summary>
internal sealed class Newcomer : IDisposable
{
    /// <summary>Tests that build projects of the repository take turns: their intermediate files are in one place.</summary>
    public const string Collection = "Builds of the repository";

    /// <summary>The folder of the SDK that runs this test: <c>shared/Microsoft.NETCore.App/VERSION</c> lies three levels below it.</summary>
    private static readonly string Sdk = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));

    private readonly string _root = Directory.CreateTempSubdirectory("fovea-install-").FullName;

    public Newcomer()
    {
        Assert.SkipUnless(Directory.Exists(Restored), $"the folder of restored packages, {Restored}, is absent");
        foreach (string folder in (string[])["home", "packed", "work"]) Directory.CreateDirectory(In(folder));
        File.WriteAllText(Path.Combine(Work, "nuget.config"), $"""
            <configuration>
              <packageSources>
                <clear />
                <add key="packed" value="{Packed}" />
                <add key="restored" value="{Restored}" />
              </packageSources>
              <packageSourceMapping>
                <packageSource key="packed"><package pattern="Fovea*" /></packageSource>
                <packageSource key="restored"><package pattern="*" /></packageSource>
              </packageSourceMapping>
            </configuration>
            """);
    }

    public string Packed => In("packed");

    public string Work => In("work");

    /// <summary>Where the build of this test found its packages.</summary>
    private static string Restored { get; } = Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } folder
        ? folder
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    /// <summary>`dotnet pack` or `dotnet publish` for a project of this repository, whose packages are restored already.</summary>
    public void Build(string command, string project, string folder) =>
        Run(Path.Combine(Sdk, "dotnet"), [command, TestFolders.InRepository(project.Split('/')), "-c", "Release", "-o", folder, "--no-restore"], packages: Restored);

    public string Dotnet(params string[] arguments) => Run(Path.Combine(Sdk, "dotnet"), arguments, In("packages"));

    public string Start(string program, params string[] arguments) => Run(Path.Combine(Work, program), arguments, In("packages"));

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private string In(string folder) => Path.Combine(_root, folder);

    /// <summary>What the program wrote to its standard output; fails with all it said when it fails.</summary>
    private string Run(string program, string[] arguments, string packages)
    {
        ProcessStartInfo start = new(program, arguments) { WorkingDirectory = Work, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment.Clear();
        foreach ((string name, string value) in Surroundings(packages)) start.Environment[name] = value;
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}: {output}{error.Result}");
        return output;
    }

    private IEnumerable<(string Name, string Value)> Surroundings(string packages) =>
    [
        ("PATH", $"{Sdk}:/usr/bin:/bin"), ("DOTNET_ROOT", Sdk), ("HOME", In("home")), ("DOTNET_CLI_HOME", In("home")), ("NUGET_PACKAGES", packages),
        ("HTTP_PROXY", "http://127.0.0.1:9"), ("HTTPS_PROXY", "http://127.0.0.1:9"), ("DOTNET_CLI_TELEMETRY_OPTOUT", "1"), ("DOTNET_NOLOGO", "1"),
        ("DOTNET_SYSTEM_GLOBALIZATION_INVARIANT", "1"),
        ("MSBUILDDISABLENODEREUSE", "1"), ("UseSharedCompilation", "false"),          // a server left behind would keep our pipes open
    ];
}
