using Fovea.Images;
using Fovea.Training.Annotations;

namespace Fovea.Training.Data;

/// <summary>Finds the VOC file of each picture: the member of the same key in an archive, the file of the same stem in a folder, or in `Annotations` beside VOC's `JPEGImages`.</summary>
internal static class SidecarFiles
{
    private const string Extension = ".xml";

    /// <summary>Reads the annotations of every sample.</summary>
    /// <returns>[samples]: null where a picture has none.</returns>
    /// <exception cref="AnnotationException">A file is no VOC annotation.</exception>
    /// <exception cref="ImageException">An archive is damaged.</exception>
    public static VocPicture?[] Read(SampleIndex index, CancellationToken cancellation)
    {
        VocPicture?[] found = new VocPicture?[index.Count];
        int first = 0;
        foreach (Shard shard in index.Shards)
        {
            Span<VocPicture?> part = found.AsSpan(first, shard.Count);
            if (shard is ArchiveShard archive) ReadArchive(archive, part, cancellation);
            else if (shard is FolderShard folder) ReadFolder(folder, part, cancellation);
            first += shard.Count;
        }
        return found;
    }

    private static void ReadFolder(FolderShard folder, Span<VocPicture?> found, CancellationToken cancellation)
    {
        for (int index = 0; index < found.Length; index++)
        {
            cancellation.ThrowIfCancellationRequested();
            string picture = folder.PathOf(index), beside = Path.ChangeExtension(picture, Extension);
            string parent = Path.GetDirectoryName(Path.GetDirectoryName(Path.GetFullPath(picture)) ?? "") ?? "", apart = Path.Combine(parent, "Annotations", Path.GetFileName(beside));
            if (File.Exists(beside)) found[index] = VocReader.Read(beside);
            else if (File.Exists(apart)) found[index] = VocReader.Read(apart);
        }
    }

    private static void ReadArchive(ArchiveShard archive, Span<VocPicture?> found, CancellationToken cancellation)
    {
        Dictionary<string, int> places = [];
        for (int index = 0; index < found.Length; index++) places.TryAdd(archive.NameOf(index), index);
        using Stream stream = ArchiveStream.OpenForHeaders(archive.Location.Path);
        TarReader tar = new(stream, archive.Location.Path);
        while (tar.Next() is { } member)
        {
            cancellation.ThrowIfCancellationRequested();
            if (!member.IsFile || member.IsSparse || MemberName.Parse(member.Name) is not { Field: "xml" } name) continue;
            if (!places.TryGetValue($"{archive.Location.Name}/{name.Key}", out int index)) continue;
            using MemoryStream content = new(tar.Read());
            found[index] = VocReader.Read(content, $"{archive.Location.Name}/{name.Full}");
        }
    }
}
