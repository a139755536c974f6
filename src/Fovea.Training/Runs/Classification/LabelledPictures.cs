using Fovea.Training.Data;

namespace Fovea.Training.Runs.Classification;

/// <summary>The labelled pictures of some sources, with their classes.</summary>
internal sealed class LabelledPictures : IDisposable
{
    private LabelledPictures(IndexedPictures all, int[] labelled, ClassList classes)
    {
        All = all;
        Labelled = labelled;
        Classes = classes;
    }

    /// <summary>All pictures.</summary>
    public IndexedPictures All { get; }

    /// <summary>Those that have a label, ascending.</summary>
    public int[] Labelled { get; }

    /// <summary>What their labels mean.</summary>
    public ClassList Classes { get; }

    /// <summary>What messages call the sources.</summary>
    public string Name => string.Join(", ", All.Sources.Select(source => source.Name));

    /// <summary>Finds them. Archives have labels and `_info.json` their names; in folders, the folder right below the source is the class.</summary>
    /// <param name="sources">What to read.</param>
    /// <param name="known">Classes that are fixed, those of a model or of the training data; null: the sources tell.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <exception cref="TrainingDataException">No picture has a label, a label is no class, or the sources have other classes than those that are fixed.</exception>
    /// <exception cref="ImageException">A source names no pictures.</exception>
    public static LabelledPictures Open(IReadOnlyList<DataSource> sources, ClassList? known, CancellationToken cancellation)
    {
        IReadOnlyList<string> said = ClassList.Said(sources), names = known?.Names ?? said;
        if (said.Count > 0 && names.Count > 0 && !said.SequenceEqual(names)) throw ClassificationThrow.ClassesDiffer("the classifier", names, sources[0].Path, said);
        IndexedPictures all = IndexedPictures.Open(sources, new IndexOptions { LabelsFolders = true, Classes = names.Count > 0 ? names : null }, cancellation);
        try
        {
            int[] labelled = [.. Enumerable.Range(0, all.Count).Where(sample => all.LabelOf(sample) is not null)];
            string name = string.Join(", ", sources);
            if (labelled.Length == 0) throw ClassificationThrow.NoLabels(name);
            if (names.Count == 0) names = all.Index.Classes;
            int count = known?.Count ?? (names.Count > 0 ? names.Count : labelled.Max(sample => all.LabelOf(sample)!.Value) + 1);
            foreach (int sample in labelled)
            {
                if (all.LabelOf(sample) is { } label && label >= count) throw ClassificationThrow.NoSuchClass(all.NameOf(sample), label, count);
            }
            return new LabelledPictures(all, labelled, new ClassList(names, count));
        }
        catch
        {
            all.Dispose();
            throw;
        }
    }

    /// <summary>How many of some samples each class has.</summary>
    public int[] Counts(IEnumerable<int> samples)
    {
        int[] counts = new int[Classes.Count];
        foreach (int sample in samples) counts[All.LabelOf(sample)!.Value]++;
        return counts;
    }

    public void Dispose() => All.Dispose();
}
