using System.Text.RegularExpressions;

namespace Fovea.Tests.Architecture;

/// <summary>Dependencies of the trainer point downwards only. There a folder is a namespace, so the names in its files tell what it uses.</summary>
public partial class TrainingDependencyTests
{
    /// <summary>What each folder may use of the others. Who needs more is in the wrong folder, or what it needs is.</summary>
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Randomness"] = [],
        ["Tensors"] = [],
        ["Sharding"] = [],
        ["Annotations"] = [],
        ["Kernels"] = ["Tensors"],
        ["Networks"] = ["Randomness", "Tensors", "Kernels"],
        ["Optimization"] = ["Tensors", "Networks"],
        ["Pretraining"] = ["Randomness", "Tensors", "Sharding", "Networks", "Optimization"],
        ["Data"] = ["Randomness", "Annotations"],
        ["Evaluation"] = ["Randomness", "Tensors", "Annotations"],
        ["Tasks"] = ["Randomness", "Tensors", "Sharding", "Networks", "Optimization", "Data", "Annotations"],
        ["Parallel"] = ["Optimization"],
        ["Runs"] = ["Randomness", "Tensors", "Sharding", "Networks", "Optimization", "Pretraining", "Data", "Evaluation", "Tasks", "Parallel", "Annotations"],
    };

    [Fact]
    public void Folders_use_only_what_lies_below_them()
    {
        string root = TestFolders.InRepository("src", "Fovea.Training");
        List<string> upwards = [];
        int seen = 0;
        foreach (string file in RepositoryFiles.Below(root).Where(file => file.EndsWith(".cs", StringComparison.Ordinal)))
        {
            string folder = Path.GetRelativePath(root, file).Split(Path.DirectorySeparatorChar)[0];
            Assert.True(Allowed.ContainsKey(folder), $"src/Fovea.Training/{folder} is not in the table of TrainingDependencyTests: say what it may use.");
            foreach (string used in Names().Matches(File.ReadAllText(file)).Select(match => match.Groups["folder"].Value).Where(used => used != folder && Allowed.ContainsKey(used)).Distinct())
            {
                seen++;
                if (!Allowed[folder].Contains(used)) upwards.Add($"{RepositoryFiles.Name(file)} uses {used}");
            }
        }
        Assert.Empty(upwards);
        Assert.NotEqual(0, seen);
    }

    /// <summary>Inference stays free of libtorch, and the library of its trainer.</summary>
    [Fact]
    public void Nothing_below_the_trainer_knows_it()
    {
        IEnumerable<string> files = ((string[])["Fovea", "Fovea.Extensions", "Fovea.Cli"]).SelectMany(project => RepositoryFiles.Below(TestFolders.InRepository("src", project)))
            .Where(file => Path.GetExtension(file) is ".cs" or ".csproj");
        Assert.All(files, file => Assert.False(
            File.ReadLines(file).Any(line => line.Contains("TorchSharp", StringComparison.Ordinal) || (line.Contains("Fovea.Training", StringComparison.Ordinal) && !line.Contains("InternalsVisibleTo", StringComparison.Ordinal))),
            $"{RepositoryFiles.Name(file)} names the trainer or libtorch."));
    }

    [GeneratedRegex(@"\bFovea\.Training\.(?<folder>[A-Z]\w+)|(?<![\w.])(?<folder>Annotations|Randomness|Tensors|Sharding|Kernels|Networks|Optimization|Pretraining|Data|Evaluation|Tasks|Runs)\.[A-Z]")]
    private static partial Regex Names();
}
