using System.Diagnostics.CodeAnalysis;

namespace Fovea.Training.Data;

/// <summary>A run of samples that lie in one place: an archive, or the files below a folder. Some bytes a sample, no object.</summary>
internal abstract class Shard
{
    private readonly ShardColumns _columns;

    private protected Shard(ShardColumns columns) => _columns = columns;

    /// <summary>Samples.</summary>
    public int Count => _columns.Names.Count;

    /// <summary>The names within the place, labels and refusals of all samples.</summary>
    public ShardColumns Columns => _columns;

    /// <summary>What messages call a sample.</summary>
    public abstract string NameOf(int index);

    /// <summary>The class index; <see cref="TrainingBatch.NoLabel"/> where none is known.</summary>
    public int LabelOf(int index) => _columns.Labels.Length == 0 ? TrainingBatch.NoLabel : _columns.Labels[index];

    /// <summary>Whether a sample is known not to be usable, and why.</summary>
    public bool IsRefused(int index, [NotNullWhen(true)] out string? reason) => _columns.Refusals.TryGetValue(index, out reason);
}
