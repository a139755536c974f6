namespace Fovea.Training.Data;

/// <summary>Labels from folders: the class of a picture is the folder right below its source; classes are numbered in ordinal order of their names.</summary>
/// <param name="known">Names that are fixed, such as those of the training data for a test; null where the data themselves tell.</param>
internal sealed class ClassFolders(IReadOnlyList<string>? known)
{
    private readonly Dictionary<string, int> _found = new(StringComparer.Ordinal);

    /// <summary>The classes in the order of their labels, when all folders have been walked.</summary>
    public IReadOnlyList<string> Names => known ?? [.. _found.Keys.Order(StringComparer.Ordinal)];

    /// <summary>A number for the class of a picture, which <see cref="Relabel"/> turns into its label.</summary>
    /// <param name="relativePath">Below the source, `/`-separated.</param>
    /// <param name="name">What messages call the picture.</param>
    /// <exception cref="TrainingDataException">It lies in no folder, or in one that is no class.</exception>
    public int NumberOf(string relativePath, string name)
    {
        int slash = relativePath.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0) throw DataThrow.NoClassFolder(name);
        string folder = relativePath[..slash];
        if (known is not null && !known.Contains(folder)) throw DataThrow.UnknownClass(name, folder, known);
        if (!_found.TryGetValue(folder, out int number)) _found[folder] = number = _found.Count;
        return number;
    }

    /// <summary>Turns numbers into labels, in place.</summary>
    public void Relabel(Span<int> numbers)
    {
        int[] labels = new int[_found.Count];
        IReadOnlyList<string> names = Names;
        for (int label = 0; label < names.Count; label++)
        {
            if (_found.TryGetValue(names[label], out int number)) labels[number] = label;
        }
        foreach (ref int value in numbers)
        {
            if (value != TrainingBatch.NoLabel) value = labels[value];
        }
    }
}
