namespace Fovea.Tests.Architecture;

/// <summary>Dependencies point downwards only. A file is judged by the folder it lies in: all public types share one namespace.</summary>
public class DependencyTests
{
    /// <summary>What each folder may use. Who needs more is in the wrong folder, or what it needs is.</summary>
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Tensors"] = [],
        ["Native"] = [],
        ["Numerics"] = [],
        ["Pages"] = [],
        ["Networks"] = ["Tensors"],
        ["Images"] = ["Tensors", "Native"],
        ["Checkpoints"] = ["Tensors", "Networks"],
        ["Hub"] = ["Tensors", "Networks", "Checkpoints"],
        ["Graphs"] = ["Tensors", "Networks", "Checkpoints"],
        ["Inference"] = ["Tensors", "Native", "Networks", "Checkpoints", "Graphs", "Images"],
        ["Insight"] = ["Tensors", "Numerics", "Networks", "Checkpoints", "Graphs", "Images", "Inference"],
        ["Tasks"] = ["Tensors", "Networks", "Checkpoints", "Graphs", "Images", "Inference"],
        [SourceCode.Face] = ["Tensors", "Networks", "Checkpoints", "Hub", "Graphs", "Images", "Inference", "Insight", "Tasks"],
        [SourceCode.Tool] = ["Tensors", "Numerics", "Pages", "Networks", "Checkpoints", "Hub", "Images", "Insight", "Tasks", SourceCode.Face],
    };

    /// <summary>Packages that one folder keeps to itself.</summary>
    private static readonly Dictionary<string, string[]> Packages = new()
    {
        ["SkiaSharp"] = ["Images"],
        ["Microsoft.ML.OnnxRuntime"] = ["Inference", SourceCode.Face],
    };

    [Fact]
    public void Folders_use_only_what_lies_below_them()
    {
        SourceUse[] upwards = [.. SourceCode.Uses.Where(use => Allowed.ContainsKey(use.From) && !Allowed[use.Folder].Contains(use.From))];
        Assert.True(upwards.Length == 0, Lines(upwards));
    }

    [Fact]
    public void Packages_stay_in_the_folder_that_wraps_them()
    {
        SourceUse[] leaks = [.. SourceCode.Uses.Where(use => Packages.TryGetValue(use.From, out string[]? folders) && !folders.Contains(use.Folder))];
        Assert.True(leaks.Length == 0, Lines(leaks));
    }

    [Fact]
    public void Every_folder_has_its_place_in_the_table() =>
        Assert.All(SourceCode.Folders(), folder => Assert.True(Allowed.ContainsKey(folder), $"src/Fovea/{folder} is not in the table of DependencyTests: say what it may use."));

    /// <summary>If the compiler did not see the packages, the rules above would hold for nothing.</summary>
    [Fact]
    public void Compiler_resolves_the_code_and_sees_the_packages()
    {
        Assert.Empty(SourceCode.Unresolved());
        HashSet<string> seen = [.. SourceCode.Uses.Select(use => use.From)];
        Assert.All(Packages.Keys, package => Assert.Contains(package, seen));
    }

    private static string Lines(IEnumerable<SourceUse> uses) => string.Join(Environment.NewLine, uses.Select(use => use.ToString()).Order(StringComparer.Ordinal));
}
