using System.Globalization;
using Fovea.Tasks;
using Fovea.Training.Annotations;

namespace Fovea.Training.Data;

/// <summary>
/// From SOURCEs to pictures with objects. Annotations are a COCO file (named, or by the `_info.json`), or Pascal VOC files: in archives, beside pictures, or
/// in VOC's own folders, of which SOURCE names the one that holds `JPEGImages` and `Annotations`, with `#split` for a list of `ImageSets/Main`.
/// </summary>
internal sealed class DetectionSources
{
    /// <summary>A COCO annotation file of all sources; null: found by the sources.</summary>
    public string? AnnotationFile { get; init; }

    /// <summary>The number of the first column and row in VOC files. Default 1.</summary>
    public int VocOffset { get; init; } = 1;

    /// <summary>The classes that the pictures may have; null: those that they do have.</summary>
    public IReadOnlyList<CocoCategory>? Categories { get; init; }

    /// <summary>Opens them.</summary>
    /// <param name="arguments">`PATH[#split+split][@factor]`, each.</param>
    /// <param name="use">Which split is taken where none is named.</param>
    /// <param name="cancellation">As Ctrl-C.</param>
    /// <exception cref="AnnotationException">Annotations are absent, damaged, or of other pictures or classes; the sentence lists them.</exception>
    /// <exception cref="ImageException">A source names no pictures.</exception>
    public DetectionSet Open(IReadOnlyList<string> arguments, SourceUse use, CancellationToken cancellation = default)
    {
        VocFolder?[] folders = [.. arguments.Select(VocFolder.Find)];
        IReadOnlyList<DataSource> sources = DataSource.Parse([.. arguments.Zip(folders, (argument, folder) => folder?.Pictures ?? argument)], use);
        IndexedPictures pictures = IndexedPictures.Open(sources, new IndexOptions(), cancellation);
        try
        {
            DataSetClasses[] infos = [.. sources.Select(DataSetClasses.Of)];
            string[] files = AnnotationFile is { } named ? [named] : [.. infos.SelectMany(info => info.AnnotationFiles)];
            string text = string.Join(", ", arguments);
            return files.Length > 0
                ? OpenCoco(pictures, [.. files.Distinct().Select(CocoFileReader.Read)], text)
                : OpenVoc(pictures, SidecarFiles.Read(pictures.Index, cancellation), infos, folders, text);
        }
        catch
        {
            pictures.Dispose();
            throw;
        }
    }

    private DetectionSet OpenCoco(IndexedPictures pictures, CocoFile[] files, string sources)
    {
        IReadOnlyList<CocoCategory> categories = Categories ?? files[0].Categories;
        foreach (CocoFile file in files)
        {
            string[] unknown = [.. file.Categories.Except(categories).Select(category => category.Name)];
            if (unknown.Length > 0) throw AnnotationThrow.OtherCategories(file.Name, unknown);
        }
        CocoImage?[] images = PictureNames.Match([.. Enumerable.Range(0, pictures.Count).Select(pictures.NameOf)], files, out List<string> missing);
        if (missing.Count > 0) throw AnnotationThrow.MissingPictures(string.Join(", ", files.Select(file => file.Name)), missing);
        foreach (IGrouping<long, CocoImage> same in files.SelectMany(file => file.Images).GroupBy(image => image.Id).Where(group => group.Skip(1).Any())) throw AnnotationThrow.RepeatedId(files[^1].Name, "images", same.Key);
        List<string> remarks = [.. files.SelectMany(file => file.Remarks)];
        int others = images.Count(image => image is null);
        if (others > 0) remarks.Add(string.Create(CultureInfo.InvariantCulture, $"{others:N0} pictures of {sources} are in no annotation file and are left out."));
        return new DetectionSet(pictures, [.. images.Index().Where(one => one.Item is not null).Select(one => (one.Index, one.Item!))], categories, files.SelectMany(file => file.Annotations), remarks);
    }

    private DetectionSet OpenVoc(IndexedPictures pictures, VocPicture?[] found, DataSetClasses[] infos, VocFolder?[] folders, string sources)
    {
        string[] names = [.. Enumerable.Range(0, found.Length).Select(pictures.NameOf)];
        int[] kept = [.. pictures.Sources.Zip(folders, (source, folder) => Kept(source, folder, names)).SelectMany(part => part)];
        int[] absent = [.. kept.Where(place => found[place] is null)];
        if (absent.Length > 0) throw AnnotationThrow.NoAnnotations(sources, [.. absent.Select(place => names[place])]);
        IReadOnlyList<CocoCategory> categories = Categories ?? VocClasses.Number(infos.Select(info => info.Classes).FirstOrDefault(classes => classes is not null) ?? VocClasses.NamesOf(kept.Select(place => found[place]!)));
        long[] ids = PictureIds.Of([.. kept.Select(place => names[place])]);
        List<string> remarks = [];
        (List<CocoImage> images, List<CocoAnnotation> annotations) = VocClasses.ToCoco([.. kept.Zip(ids, (place, id) => (id, names[place], found[place]!))], categories, VocOffset, remarks);
        return new DetectionSet(pictures, [.. kept.Zip(images)], categories, annotations, remarks);
    }

    private static int[] Kept(SourceShare source, VocFolder? folder, string[] names)
    {
        int[] places = [.. Enumerable.Range(source.First, source.Pictures)];
        if (folder?.Stems is not { } stems) return places;
        string StemOf(int place) => Path.GetFileNameWithoutExtension(names[place]);
        string[] missing = [.. stems.Except(places.Select(StemOf))];
        return missing.Length == 0 ? [.. places.Where(place => stems.Contains(StemOf(place)))] : throw AnnotationThrow.MissingPictures(source.Name, missing);
    }
}
