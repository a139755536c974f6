using Fovea.Images;

namespace Fovea.Training.Data;

/// <summary>The samples of one tar archive: where each picture lies, so that it can be read without the others.</summary>
internal sealed class ArchiveShard : Shard
{
    private const int Block = 512;

    private readonly uint[] _blocks;
    private readonly int[] _lengths;

    /// <param name="location">The archive.</param>
    /// <param name="isCompressed">Whether it is, by its content.</param>
    /// <param name="columns">Names and labels.</param>
    /// <param name="blocks">Where each picture begins, in blocks of 512 bytes.</param>
    /// <param name="lengths">Bytes of each picture.</param>
    public ArchiveShard(ArchiveLocation location, bool isCompressed, ShardColumns columns, uint[] blocks, int[] lengths) : base(columns)
    {
        Location = location;
        IsCompressed = isCompressed;
        _blocks = blocks;
        _lengths = lengths;
    }

    /// <summary>The archive.</summary>
    public ArchiveLocation Location { get; }

    /// <summary>Whether it can only be read from its start; places are then those in the unpacked archive.</summary>
    public bool IsCompressed { get; }

    /// <summary>Where each picture begins, in blocks of 512 bytes.</summary>
    public ReadOnlySpan<uint> Blocks => _blocks;

    /// <summary>Bytes of each picture.</summary>
    public ReadOnlySpan<int> Lengths => _lengths;

    /// <summary>Bytes of all pictures, encoded.</summary>
    public long PictureBytes => _lengths.Sum(length => (long)length);

    /// <summary>Where a picture lies.</summary>
    public MemberPlace PlaceOf(int index) => new((long)_blocks[index] * Block, _lengths[index]);

    public override string NameOf(int index) => $"{Location.Name}/{Columns.Names[index]}";

    /// <summary>Goes through an archive from header to header; pictures themselves are passed over unless it is compressed.</summary>
    /// <exception cref="ImageException">The archive is absent, none, or damaged.</exception>
    public static ArchiveShard Scan(ArchiveLocation location, CancellationToken cancellation)
    {
        bool isCompressed = ArchiveStream.IsCompressed(location.Path);
        ShardColumns.Builder columns = new();
        List<uint> blocks = [];
        List<int> lengths = [];
        foreach (EncodedImage image in ArchivePictures.List(location.Path, location.Name, cancellation))
        {
            MemberPlace place = image.Place ?? default;
            if (place.Offset / Block > uint.MaxValue) throw DataThrow.TooLargeArchive(location.Path);
            string? refusal = image.Refusal?.Message;
            if (image.Label is < TrainingBatch.NoLabel or > int.MaxValue) refusal = DataThrow.NoClassIndex(image.Name, image.Label.Value).Message;
            columns.Add(image.Name[(location.Name.Length + 1)..], refusal is null ? (int)(image.Label ?? TrainingBatch.NoLabel) : TrainingBatch.NoLabel, refusal);
            blocks.Add((uint)(place.Offset / Block));
            lengths.Add(place.Length);
        }
        return new(location, isCompressed, columns.Build(), [.. blocks], [.. lengths]);
    }
}
