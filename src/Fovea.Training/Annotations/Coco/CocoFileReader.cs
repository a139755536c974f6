using System.Globalization;
using System.Text.Json;

namespace Fovea.Training.Annotations;

/// <summary>Reads COCO annotation files (Lin et al. 2014; the format of instances_val2017.json). Masks are passed over, so that a file of any size takes little memory.</summary>
internal sealed class CocoFileReader
{
    private readonly CocoScanner _scanner;
    private readonly string _file;

    private CocoFileReader(CocoScanner scanner, string file)
    {
        _scanner = scanner;
        _file = file;
    }

    /// <summary>Reads a whole file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="AnnotationException">It is absent, no JSON, or no COCO file; the sentence names the entry.</exception>
    public static CocoFile Read(string path) => CocoScanner.Use(path, scanner => new CocoFileReader(scanner, path).Read());

    private CocoFile Read()
    {
        List<CocoImage>? images = null;
        List<CocoCategory>? categories = null;
        List<CocoAnnotation>? annotations = null;
        if (!_scanner.Begins(JsonTokenType.StartObject)) throw AnnotationThrow.NotCoco(_file, "images");
        foreach (string name in _scanner.Fields())
        {
            switch (name)
            {
                case "images": images = _scanner.List("image", ReadImage); break;
                case "categories": categories = _scanner.List("category", ReadCategory); break;
                case "annotations": annotations = _scanner.List("annotation", ReadAnnotation); break;
                default: _scanner.Json.Skip(); break;
            }
        }
        _scanner.End();
        RequireDistinct("images", (images ?? throw AnnotationThrow.NotCoco(_file, "images")).Select(image => image.Id));
        RequireDistinct("categories", (categories ?? throw AnnotationThrow.NotCoco(_file, "categories")).Select(category => category.Id));
        RequireDistinct("annotations", (annotations ?? throw AnnotationThrow.NotCoco(_file, "annotations")).Select(annotation => annotation.Id));
        List<string> remarks = [];
        annotations = KnownOnly(annotations, [.. images.Select(image => image.Id)], [.. categories.Select(category => category.Id)], remarks);
        if (annotations.Any(annotation => annotation.Id == 0)) remarks.Add($"{_file}: an annotation has the id 0, which COCO's own program never finds; its figures will differ from these.");
        return new CocoFile(_file, images, categories, annotations, remarks);
    }

    private CocoImage ReadImage(string entry)
    {
        long? id = null, width = null, height = null;
        string? name = null, address = null;
        foreach (string field in _scanner.Fields())
        {
            switch (field)
            {
                case "id": id = _scanner.Integer(entry, field); entry = $"image {id}"; break;
                case "width": width = _scanner.Integer(entry, field); break;
                case "height": height = _scanner.Integer(entry, field); break;
                case "file_name": name = _scanner.Text(entry, field); break;
                case "coco_url": address = _scanner.TextOrNull(); break;
                default: _scanner.Json.Skip(); break;
            }
        }
        name ??= address?[(address.LastIndexOf('/') + 1)..];
        return new CocoImage(id ?? throw AnnotationThrow.MissingField(_file, entry, "id"), name ?? "", Side(width), Side(height));
    }

    private CocoCategory ReadCategory(string entry)
    {
        long? id = null;
        string? name = null;
        foreach (string field in _scanner.Fields())
        {
            switch (field)
            {
                case "id": id = _scanner.Integer(entry, field); entry = $"category {id}"; break;
                case "name": name = _scanner.Text(entry, field); break;
                default: _scanner.Json.Skip(); break;
            }
        }
        return new CocoCategory(id ?? throw AnnotationThrow.MissingField(_file, entry, "id"), name ?? throw AnnotationThrow.MissingField(_file, entry, "name"));
    }

    private CocoAnnotation ReadAnnotation(string entry)
    {
        long? id = null, image = null, category = null;
        CocoBox? box = null;
        double? area = null;
        bool isCrowd = false, isIgnored = false;
        foreach (string field in _scanner.Fields())
        {
            switch (field)
            {
                case "id": id = _scanner.Integer(entry, field); entry = $"annotation {id}"; break;
                case "image_id": image = _scanner.Integer(entry, field); break;
                case "category_id": category = _scanner.Integer(entry, field); break;
                case "bbox": box = _scanner.Box(entry, field); break;
                case "area": area = _scanner.Number(entry, field); break;
                case "iscrowd": isCrowd = _scanner.Flag(entry, field); break;
                case "ignore": isIgnored = _scanner.Flag(entry, field); break;
                default: _scanner.Json.Skip(); break;
            }
        }
        CocoBox found = box ?? throw AnnotationThrow.MissingField(_file, entry, "bbox");
        return new CocoAnnotation(
            id ?? throw AnnotationThrow.MissingField(_file, entry, "id"),
            image ?? throw AnnotationThrow.MissingField(_file, entry, "image_id"),
            category ?? throw AnnotationThrow.MissingField(_file, entry, "category_id"),
            found, area ?? found.Area, isCrowd, isIgnored);
    }

    private void RequireDistinct(string kind, IEnumerable<long> ids)
    {
        HashSet<long> seen = [];
        foreach (long id in ids)
        {
            if (!seen.Add(id)) throw AnnotationThrow.RepeatedId(_file, kind, id);
        }
    }

    private List<CocoAnnotation> KnownOnly(List<CocoAnnotation> annotations, HashSet<long> images, HashSet<long> categories, List<string> remarks)
    {
        long[] strayed = [.. annotations.Where(annotation => !images.Contains(annotation.ImageId)).Select(annotation => annotation.Id)];
        long[] unnamed = [.. annotations.Where(annotation => images.Contains(annotation.ImageId) && !categories.Contains(annotation.CategoryId)).Select(annotation => annotation.Id)];
        if (strayed.Length > 0) remarks.Add(Text($"{_file}: {strayed.Length:N0} annotations belong to no picture of the file and are left out (ids {AnnotationThrow.List(strayed)})."));
        if (unnamed.Length > 0) remarks.Add(Text($"{_file}: {unnamed.Length:N0} annotations belong to no category of the file and are left out (ids {AnnotationThrow.List(unnamed)})."));
        return strayed.Length + unnamed.Length == 0 ? annotations : [.. annotations.Where(annotation => images.Contains(annotation.ImageId) && categories.Contains(annotation.CategoryId))];
    }

    private static int Side(long? pixels) => pixels is > 0 and <= int.MaxValue ? (int)pixels : 0;

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
