namespace Fovea.Tests.Images.Sources;

/// <summary>Random relative paths of pictures, from characters around `/` and the wildcards, where order and matching are easily wrong.</summary>
internal static class RandomPaths
{
    private const string Characters = "ab-.0Z!é";

    /// <summary>Different paths, none of which is a folder of another, none hidden.</summary>
    public static string[] Files(int seed, int count)
    {
        Random random = new(seed);
        SortedSet<string> files = new(StringComparer.Ordinal);
        while (files.Count < count)
        {
            IEnumerable<string> folders = Enumerable.Range(0, random.Next(4)).Select(_ => Name(random));
            files.Add(string.Join('/', folders.Append(Name(random) + ".jpg")));
        }
        string[] shuffled = [.. files.Where(file => !files.Any(other => other.StartsWith(file + "/", StringComparison.Ordinal)))];
        random.Shuffle(shuffled);
        return shuffled;
    }

    public static string Name(Random random) => "ab"[random.Next(2)] + new string(random.GetItems<char>(Characters, random.Next(3)));
}
