namespace Fovea.Tests.Architecture;

/// <summary>The files of the working tree that belong to the repository: everything but what builds and tests leave behind.</summary>
internal static class RepositoryFiles
{
    private static readonly HashSet<string> NotOurs = [".git", ".vs", ".idea", "bin", "obj", "artifacts", "TestResults"];

    /// <summary>All files, with their whole paths.</summary>
    public static IEnumerable<string> All() => Below(TestFolders.InRepository());

    /// <summary>All files of a folder and the folders in it.</summary>
    public static IEnumerable<string> Below(string folder)
    {
        foreach (string file in Directory.EnumerateFiles(folder))
        {
            if (!NotOurs.Contains(Path.GetFileName(file))) yield return file;         // in a second worktree, .git is a file
        }
        foreach (string inner in Directory.EnumerateDirectories(folder))
        {
            if (NotOurs.Contains(Path.GetFileName(inner))) continue;
            foreach (string file in Below(inner)) yield return file;
        }
    }

    /// <summary>The path as documents write it: from the repository's root, `/`-separated.</summary>
    public static string Name(string file) => Path.GetRelativePath(TestFolders.InRepository(), file).Replace(Path.DirectorySeparatorChar, '/');
}
