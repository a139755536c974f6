namespace Fovea.Tests.Architecture;

/// <summary>What a reader can take in at once, and what a clone may weigh.</summary>
public class SizeTests
{
    private const int LongestFile = 400;
    private const int FullestFolder = 12;

    /// <summary>Files that may be longer, with the reason.</summary>
    private static readonly Dictionary<string, string> LongFiles = [];

    /// <summary>Folders that may hold more, with the reason.</summary>
    private static readonly Dictionary<string, string> FullFolders = [];

    [Fact]
    public void No_source_file_is_longer_than_400_lines()
    {
        IEnumerable<string> tooLong = Sources()
            .Select(file => (Name: RepositoryFiles.Name(file), Lines: File.ReadLines(file).Count()))
            .Where(file => file.Lines > LongestFile && !LongFiles.ContainsKey(file.Name))
            .Select(file => $"{file.Name}: {file.Lines} lines");
        Assert.Empty(tooLong);
    }

    [Fact]
    public void No_folder_holds_more_than_twelve_source_files()
    {
        IEnumerable<string> tooFull = Sources()
            .GroupBy(file => RepositoryFiles.Name(Path.GetDirectoryName(file)!))
            .Where(folder => folder.Count() > FullestFolder && !FullFolders.ContainsKey(folder.Key))
            .Select(folder => $"{folder.Key}: {folder.Count()} files");
        Assert.Empty(tooFull);
    }

    [Fact]
    public void Exceptions_are_still_needed()
    {
        Assert.All(LongFiles.Keys, file => Assert.True(File.ReadLines(TestFolders.InRepository(file.Split('/'))).Count() > LongestFile, $"{file} is short enough now."));
        Assert.All(FullFolders.Keys, folder => Assert.True(Directory.GetFiles(TestFolders.InRepository(folder.Split('/')), "*.cs").Length > FullestFolder, $"{folder} is small enough now."));
    }

    [Fact]
    public void Working_tree_stays_below_60_megabytes() => Assert.InRange(Megabytes(RepositoryFiles.All()), 0, 60);

    [Fact]
    public void Goldens_stay_below_35_megabytes() => Assert.InRange(Megabytes(RepositoryFiles.Below(TestFolders.InRepository("tests", "Goldens"))), 0, 35);

    private static IEnumerable<string> Sources() => RepositoryFiles.All().Where(file => file.EndsWith(".cs", StringComparison.Ordinal));

    private static double Megabytes(IEnumerable<string> files) => files.Sum(file => new FileInfo(file).Length) / 1e6;
}
