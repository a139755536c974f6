namespace Fovea.Tests.Architecture;

/// <summary>The repository speaks of the project, not of the machine that someone wrote it on.</summary>
public class PublicTextTests
{
    private static readonly HashSet<string> TextFiles = [".cs", ".csproj", ".props", ".slnx", ".json", ".md", ".txt", ".cff", ".editorconfig", ".gitattributes", ".gitignore", ""];

    /// <summary>Put together here, so that this file passes its own test.</summary>
    private static readonly string[] Unwanted = [$"{'/'}work/", $"{'/'}root/", $"{'/'}home/", $"C:{'\\'}Users", $"nuget{'.'}org", $"pypi{'.'}org"];

    [Fact]
    public void No_text_names_a_place_on_a_machine_or_a_package_registry()
    {
        string goldens = TestFolders.InRepository("tests", "Goldens");
        List<string> found = [];
        foreach (string file in RepositoryFiles.All().Where(file => TextFiles.Contains(Path.GetExtension(file)) && !file.StartsWith(goldens, StringComparison.Ordinal)))
        {
            string text = File.ReadAllText(file);
            found.AddRange(Unwanted.Where(word => text.Contains(word, StringComparison.OrdinalIgnoreCase)).Select(word => $"{RepositoryFiles.Name(file)} contains {word}"));
        }
        Assert.Empty(found);
    }
}
