namespace Fovea.Training.Data;

/// <summary>Where every sample of all sources lies: about 16 bytes a picture in archives, so 1.6 GB for 100 million. Immutable.</summary>
internal sealed class SampleIndex
{
    private readonly Shard[] _shards;
    private readonly int[] _starts;

    /// <param name="shards">The shards of all sources, one source after the other.</param>
    /// <param name="sources">What each source has of them.</param>
    /// <param name="classes">Names of classes where folders tell them.</param>
    /// <param name="remarks">What a user should hear before training, a sentence each.</param>
    internal SampleIndex(IReadOnlyList<Shard> shards, IReadOnlyList<SourceShare> sources, IReadOnlyList<string> classes, IReadOnlyList<string> remarks)
    {
        _shards = [.. shards.Where(shard => shard.Count > 0)];
        _starts = new int[_shards.Length];
        for (int number = 1; number < _shards.Length; number++) _starts[number] = _starts[number - 1] + _shards[number - 1].Count;
        Count = _shards.Sum(shard => shard.Count);
        Sources = sources;
        Classes = classes;
        Remarks = remarks;
    }

    /// <summary>Samples in all.</summary>
    public int Count { get; }

    /// <summary>Each source with its samples and factor.</summary>
    public IReadOnlyList<SourceShare> Sources { get; }

    /// <summary>The classes by label, where folders name them; empty elsewhere.</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>What differs from what the data say of themselves, a sentence each.</summary>
    public IReadOnlyList<string> Remarks { get; }

    /// <summary>The shards that have samples.</summary>
    public IReadOnlyList<Shard> Shards => _shards;

    /// <summary>The shard of a sample, its number, and the sample's number within it.</summary>
    public (Shard Shard, int Number, int Index) Locate(int sample)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)sample, (uint)Count, nameof(sample));
        int number = Array.BinarySearch(_starts, sample);
        if (number < 0) number = ~number - 1;
        return (_shards[number], number, sample - _starts[number]);
    }

    /// <summary>Finds all samples of some sources; archives side by side, from the cache where it knows them.</summary>
    /// <exception cref="ImageException">An archive is absent or damaged.</exception>
    /// <exception cref="TrainingDataException">A source has no picture, or folders give no labels.</exception>
    public static SampleIndex Build(IReadOnlyList<DataSource> sources, IndexOptions options, CancellationToken cancellationToken = default) =>
        new IndexBuilder(options, cancellationToken).Build(sources);
}
