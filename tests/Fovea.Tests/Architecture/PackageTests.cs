using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace Fovea.Tests.Architecture;

/// <summary>Packages are locked, explained and acknowledged.</summary>
public class PackageTests
{
    /// <summary>Native AOT's compiler and libtorch are large packages that building and testing everything else should not wait for.</summary>
    private static readonly string[] OutsideTheSolution = ["samples/NativeAot/NativeAot.csproj", "bench/Fovea.Bench.Libtorch/Fovea.Bench.Libtorch.csproj", "bench/Fovea.Bench.Aot/Fovea.Bench.Aot.csproj"];

    [Fact]
    public void Every_project_has_a_lock_file()
    {
        string[] projects = [.. RepositoryFiles.All().Where(file => file.EndsWith(".csproj", StringComparison.Ordinal))];
        Assert.NotEmpty(projects);
        Assert.All(projects, project => Assert.True(
            File.Exists(Path.Combine(Path.GetDirectoryName(project)!, "packages.lock.json")),
            $"{RepositoryFiles.Name(project)} has no packages.lock.json; run dotnet restore and commit it."));
    }

    [Fact]
    public void Every_project_but_those_of_large_packages_is_in_the_solution()
    {
        string solution = File.ReadAllText(TestFolders.InRepository("Fovea.slnx"));
        IEnumerable<string> projects = RepositoryFiles.All().Where(file => file.EndsWith(".csproj", StringComparison.Ordinal)).Select(RepositoryFiles.Name).Where(project => !OutsideTheSolution.Contains(project));
        Assert.All(projects, project => Assert.Contains($"\"{project}\"", solution, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_pinned_package_is_explained_in_the_decision_about_dependencies()
    {
        string decision = File.ReadAllText(TestFolders.InRepository("docs", "decisions", "0002-dependencies.md"));
        IEnumerable<string> pinned = XDocument.Load(TestFolders.InRepository("Directory.Packages.props")).Descendants("PackageVersion").Select(package => package.Attribute("Include")!.Value);
        Assert.All(pinned, package => Assert.Contains($"| {package} |", decision, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Fovea")]
    [InlineData("Fovea.Cli")]
    [InlineData("Fovea.Training")]
    [InlineData("Fovea.Training.Cli")]
    public void Every_package_that_ships_is_acknowledged_with_its_version(string project)
    {
        string notices = File.ReadAllText(TestFolders.InRepository("THIRD-PARTY-NOTICES.md"));
        Assert.All(Locked(project), package => Assert.True(
            notices.Contains($"| {package.Name} | {package.Version} |", StringComparison.Ordinal) || notices.Contains($"| {package.Name} | with the SDK |", StringComparison.Ordinal),
            $"THIRD-PARTY-NOTICES.md does not name {package.Name} {package.Version}, which src/{project} brings."));
    }

    private static IEnumerable<(string Name, string Version)> Locked(string project) =>
        JsonNode.Parse(File.ReadAllText(TestFolders.InRepository("src", project, "packages.lock.json")))!["dependencies"]!.AsObject()
            .SelectMany(framework => framework.Value!.AsObject())
            .Where(package => (string)package.Value!["type"]! != "Project")
            .Select(package => (package.Key, (string)package.Value!["resolved"]!));
}
