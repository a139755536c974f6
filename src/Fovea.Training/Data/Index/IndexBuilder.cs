using System.Globalization;
using Fovea.Checkpoints;
using Fovea.Images;
using Microsoft.Win32.SafeHandles;

namespace Fovea.Training.Data;

/// <summary>Walks folders and scans archives. The result does not depend on which archive is done first.</summary>
internal sealed class IndexBuilder(IndexOptions options, CancellationToken cancellation)
{
    // Archives wait for the disk more than for a processor.
    private static readonly int MostAtOnce = Math.Max(8, Environment.ProcessorCount);

    private readonly IndexCache? _cache = IndexCache.Find(options.Environment);
    private readonly ClassFolders _classes = new(options.Classes);

    /// <summary>A shard, or an archive that will be one.</summary>
    private sealed class Part(int source)
    {
        public int Source => source;

        public ArchiveLocation? Archive { get; init; }

        public Shard? Shard { get; set; }
    }

    public SampleIndex Build(IReadOnlyList<DataSource> sources)
    {
        Part[] parts = [.. sources.SelectMany(PartsOf)];
        Part[] archives = [.. parts.Where(part => part.Archive is not null)];
        SideBySide.Run(archives.Length, MostAtOnce, number => archives[number].Shard = Scan(archives[number].Archive!.Value), cancellation);
        foreach (Part part in parts.Where(part => part.Archive is null)) _classes.Relabel(part.Shard!.Columns.Labels);
        long[] counts = [.. sources.Select((_, number) => parts.Where(part => part.Source == number).Sum(part => (long)part.Shard!.Count))];
        if (counts.Sum() > int.MaxValue) throw DataThrow.TooManyPictures(counts.Sum());
        List<SourceShare> shares = [];
        List<string> remarks = [];
        for (int number = 0; number < sources.Count; number++)
        {
            if (counts[number] == 0) throw DataThrow.NoPicture(sources[number].ToString());
            shares.Add(new(sources[number].ToString(), shares.Sum(share => share.Pictures), (int)counts[number], sources[number].Factor));
            if (sources[number].Pictures is ArchiveSource packed && packed.Count(cancellation) is { } said && said != counts[number]) remarks.Add(OtherCount(sources[number], said, counts[number]));
        }
        return new([.. parts.Select(part => part.Shard!)], shares, options.LabelsFolders ? _classes.Names : [], remarks);
    }

    private IEnumerable<Part> PartsOf(DataSource source, int number) => source.Pictures switch
    {
        ArchiveSource archives => archives.Archives.Select(archive => new Part(number) { Archive = new(archive.Path, archive.Name) }),
        FolderSource folder => PartsOf(folder, number),
        SingleSource { Image: { Path: { } path } image } => [new Part(number) { Shard = new FolderShard("", "", Single(path, image.Name)) }],
        _ => throw new ArgumentException($"{source} is read once and in order, which training cannot do.", nameof(source)),
    };

    private IEnumerable<Part> PartsOf(FolderSource folder, int number)
    {
        ShardColumns.Builder files = new();
        foreach (FoundFile file in folder.Files(cancellation))
        {
            bool isArchive = file.Failure is null && NameRules.IsArchive(file.Name);
            if (files.Count > 0 && (isArchive || files.Count == FolderShard.MostFiles))
            {
                yield return OfFiles(folder, files, number);
                files = new();
            }
            if (isArchive) yield return new Part(number) { Archive = new(Path.Combine(folder.Root, file.Name), folder.Prefix + file.Name) };
            else files.Add(file.Name, ClassOf(file, folder), file.Failure?.Message);
        }
        if (files.Count > 0) yield return OfFiles(folder, files, number);
    }

    private int ClassOf(FoundFile file, FolderSource folder) =>
        options.LabelsFolders && file.Failure is null ? _classes.NumberOf(file.Name, folder.Prefix + file.Name) : TrainingBatch.NoLabel;

    private static Part OfFiles(FolderSource folder, ShardColumns.Builder files, int number) => new(number) { Shard = new FolderShard(folder.Root, folder.Prefix, files.Build()) };

    // The path as the user wrote it is also the name, but for the separators of another system.
    private ShardColumns Single(string path, string name)
    {
        if (options.LabelsFolders) throw DataThrow.NoClassFolder(name);
        ShardColumns.Builder file = new();
        file.Add(path, TrainingBatch.NoLabel, refusal: null);
        return file.Build();
    }

    private ArchiveShard Scan(ArchiveLocation location)
    {
        if (_cache is null || StampOf(location.Path) is not { } before) return ArchiveShard.Scan(location, cancellation);
        if (_cache.Load(location, before.Text) is { } known) return known;
        // Asked before the scan: whoever changes the archive after it was read must be able to change the stamp.
        bool isSettled = before.IsSettled || !before.IsProof;
        ArchiveShard shard = ArchiveShard.Scan(location, cancellation);
        if (isSettled && StampOf(location.Path) is { } after && after.Text == before.Text) _cache.Save(shard, before.Text);
        return shard;
    }

    private static FileStamp? StampOf(string path)
    {
        try
        {
            using SafeFileHandle file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            return FileStamp.Of(file);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return null;                                                          // scanning it says what is wrong
        }
    }

    private static string OtherCount(DataSource source, long said, long found) =>
        string.Create(CultureInfo.InvariantCulture, $"{source} says that it has {said:N0} pictures, and its archives hold {found:N0}; pack it again if that is not meant.");
}
