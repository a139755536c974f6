using Fovea.Images;

namespace Fovea.Training.Data;

/// <summary>The set of some SOURCEs: files in folders and members of archives, decoded as `fovea embed` decodes them.</summary>
internal sealed class IndexedPictures : IPictureSet
{
    // Open files are few on many systems; with more archives the others are opened for each picture.
    private const int MostOpen = 512;

    private readonly IShardReader[] _readers;

    private IndexedPictures(SampleIndex index, IShardReader[] readers)
    {
        Index = index;
        _readers = readers;
    }

    /// <summary>Where everything lies; its remarks are worth printing.</summary>
    public SampleIndex Index { get; }

    public int Count => Index.Count;

    public IReadOnlyList<SourceShare> Sources => Index.Sources;

    /// <summary>Finds all pictures of the sources; compressed archives are unpacked, into memory or to disk.</summary>
    /// <param name="sources">SOURCEs that have been read.</param>
    /// <param name="options">Labels and places.</param>
    /// <param name="cancellationToken">Ends it with <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ImageException">An archive is absent or damaged.</exception>
    /// <exception cref="TrainingDataException">A source has no picture, folders give no labels, or there is no room to unpack.</exception>
    public static IndexedPictures Open(IReadOnlyList<DataSource> sources, IndexOptions options, CancellationToken cancellationToken = default)
    {
        SampleIndex index = SampleIndex.Build(sources, options, cancellationToken);
        UnpackedArchives? disk = FitsMemory(index, options) ? null : UnpackedArchives.Find(options.Environment);
        IShardReader[] readers = new IShardReader[index.Shards.Count];
        SideBySide.Run(readers.Length, Environment.ProcessorCount, number => readers[number] = index.Shards[number] switch
        {
            FolderShard folder => new FolderReader(folder),
            ArchiveShard { IsCompressed: false } archive => new ArchiveReader(archive, archive.Location.Path, staysOpen: number < MostOpen),
            ArchiveShard archive when disk is not null => new ArchiveReader(archive, disk.PathOf(archive, cancellationToken), staysOpen: number < MostOpen),
            ArchiveShard archive => MemoryReader.Load(archive, cancellationToken),
            var other => throw new InvalidOperationException($"{other} has no reader."),
        }, cancellationToken);
        return new(index, readers);
    }

    public RgbImage Open(int sample) => Open(sample, DecodeOptions.Default);

    /// <summary>As <see cref="Open(int)"/>, decoded in another way.</summary>
    public RgbImage Open(int sample, DecodeOptions decoding)
    {
        (Shard shard, int number, int index) = Index.Locate(sample);
        if (shard.IsRefused(index, out string? reason)) throw new ImageException(reason);
        using EncodedBytes encoded = _readers[number].Read(index);
        return ImageDecoder.Decode(encoded.Bytes.Span, shard.NameOf(index), decoding);
    }

    public string NameOf(int sample)
    {
        (Shard shard, _, int index) = Index.Locate(sample);
        return shard.NameOf(index);
    }

    public int? LabelOf(int sample)
    {
        (Shard shard, _, int index) = Index.Locate(sample);
        int label = shard.LabelOf(index);
        return label == TrainingBatch.NoLabel ? null : label;
    }

    public void Dispose()
    {
        foreach (IShardReader reader in _readers) reader.Dispose();
    }

    // Each archive lies in one array, which ends at 2 GB whatever is allowed in all.
    private static bool FitsMemory(SampleIndex index, IndexOptions options)
    {
        long[] sizes = [.. index.Shards.OfType<ArchiveShard>().Where(shard => shard.IsCompressed).Select(shard => shard.PictureBytes)];
        return sizes.Sum() <= options.MostCompressedInMemory && sizes.All(size => size <= Array.MaxLength);
    }
}
