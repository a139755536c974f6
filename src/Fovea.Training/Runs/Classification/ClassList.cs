using Fovea.Images;
using Fovea.Training.Data;

namespace Fovea.Training.Runs.Classification;

/// <summary>The classes of some data: their names by index, or only their number.</summary>
/// <param name="Names">Names by index; empty where they have none.</param>
/// <param name="Count">How many there are.</param>
internal sealed record ClassList(IReadOnlyList<string> Names, int Count)
{
    /// <summary>The name of a class; its index, where it has none.</summary>
    public string this[int label] => Names.Count > 0 ? Names[label] : label.ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>All names.</summary>
    public IReadOnlyList<string> All => Names.Count > 0 ? Names : [.. Enumerable.Range(0, Count).Select(label => this[label])];

    /// <summary>The names that the sources themselves give, in `_info.json`; empty where none does.</summary>
    /// <exception cref="TrainingDataException">Two of them differ.</exception>
    public static IReadOnlyList<string> Said(IReadOnlyList<DataSource> sources)
    {
        (string Path, IReadOnlyList<string> Names)? first = null;
        foreach (string path in sources.Select(source => source.Path).Where(path => File.Exists(path) && NameRules.IsInfo(path)).Distinct())
        {
            IReadOnlyList<string> names = DatasetInfo.Read(path).Classes;
            if (names.Count == 0) continue;
            if (first is { } known && !known.Names.SequenceEqual(names)) throw ClassificationThrow.ClassesDiffer(known.Path, known.Names, path, names);
            first ??= (path, names);
        }
        return first?.Names ?? [];
    }
}
