using System.Globalization;
using System.Text.Json;
using System.Xml;
using System.Xml.Linq;

namespace Fovea.Insight;

/// <summary>One annotated picture.</summary>
/// <param name="Size">Its own pixels; what boxes are in.</param>
/// <param name="Boxes">Every object of any class, difficult and truncated ones too, crowds not.</param>
internal sealed record AnnotatedPicture(ImageSize Size, IReadOnlyList<PixelBox> Boxes);

/// <summary>Boxes of objects by picture, without classes: what localisation is measured against. Read from Pascal VOC XML or COCO JSON.</summary>
internal sealed class AnnotatedBoxes
{
    private readonly Dictionary<string, AnnotatedPicture> _pictures = [];
    private readonly string _path;

    private AnnotatedBoxes(string path) => _path = path;

    /// <summary>Annotated pictures, those without objects among them.</summary>
    public int Count => _pictures.Count;

    /// <summary>Opens annotations.</summary>
    /// <param name="path">A COCO `.json`, a folder of VOC `.xml` files (or one with `Annotations` in it), or one `.xml`.</param>
    /// <exception cref="AnnotationException">There is nothing, or something else.</exception>
    public static AnnotatedBoxes Open(string path)
    {
        AnnotatedBoxes boxes = new(path);
        try
        {
            if (Directory.Exists(path)) boxes.ReadFolder(Directory.Exists(Path.Combine(path, "Annotations")) ? Path.Combine(path, "Annotations") : path);
            else if (!File.Exists(path)) throw new AnnotationException($"{path}: there is no such file or folder; name a COCO .json or a folder of Pascal VOC .xml files.");
            else if (Path.GetExtension(path).Equals(".xml", StringComparison.OrdinalIgnoreCase)) boxes.ReadVoc(path);
            else boxes.ReadCoco();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new AnnotationException($"{path}: cannot be read: {failure.Message}", failure);
        }
        return boxes;
    }

    /// <summary>The annotations of a picture, by its file name without folders and extension; null where there are none.</summary>
    public AnnotatedPicture? Find(string pictureName) => _pictures.GetValueOrDefault(Stem(pictureName));

    private static string Stem(string name)
    {
        string last = name[(name.LastIndexOfAny(['/', '\\']) + 1)..];
        return Path.GetExtension(last).ToLowerInvariant() is ".jpg" or ".jpeg" or ".png" or ".webp" or ".bmp" or ".gif" or ".xml" or ".ico" ? Path.GetFileNameWithoutExtension(last) : last;
    }

    private void ReadFolder(string folder)
    {
        string[] files = [.. Directory.EnumerateFiles(folder, "*.xml").Order(StringComparer.Ordinal)];
        if (files.Length == 0) throw new AnnotationException($"{folder}: there is no .xml file in it; name the folder of the Pascal VOC annotations, or a COCO .json.");
        foreach (string file in files) ReadVoc(file);
    }

    // Children in any order; parts of objects have boxes of their own and are passed over. Coordinates count from 1 and include the last pixel.
    private void ReadVoc(string file)
    {
        try
        {
            XmlReaderSettings settings = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };
            using XmlReader reader = XmlReader.Create(file, settings);
            XElement root = XDocument.Load(reader).Root!;
            if (root.Name.LocalName != "annotation") throw new FormatException($"the file begins with <{root.Name.LocalName}>, not <annotation>");
            XElement size = Child(root, "size");
            List<PixelBox> boxes = [];
            foreach (XElement found in root.Elements("object"))
            {
                XElement box = Child(found, "bndbox");
                boxes.Add(Checked(new(Number(box, "xmin") - 1, Number(box, "ymin") - 1, Number(box, "xmax"), Number(box, "ymax"))));
            }
            Add(Path.GetFileNameWithoutExtension(file), (int)Number(size, "height"), (int)Number(size, "width"), boxes);
        }
        catch (Exception mistake) when (mistake is XmlException or FormatException or OverflowException)
        {
            throw new AnnotationException($"{file}: is no Pascal VOC annotation: {mistake.Message.TrimEnd('.')}; correct or remove it.", mistake);
        }
    }

    private static XElement Child(XElement parent, string name) => parent.Element(name) ?? throw new FormatException($"<{parent.Name.LocalName}> has no <{name}>");

    private static double Number(XElement parent, string name) => double.Parse(Child(parent, name).Value, NumberStyles.Float, CultureInfo.InvariantCulture);

    private void ReadCoco()
    {
        try
        {
            using FileStream stream = File.OpenRead(_path);
            using JsonDocument document = JsonDocument.Parse(stream);
            Dictionary<long, List<PixelBox>> boxes = [];
            foreach (JsonElement image in document.RootElement.GetProperty("images").EnumerateArray())
            {
                List<PixelBox> own = boxes[image.GetProperty("id").GetInt64()] = [];
                string name = image.GetProperty("file_name").GetString() ?? throw new FormatException("an image has null as file_name");
                Add(Stem(name), image.GetProperty("height").GetInt32(), image.GetProperty("width").GetInt32(), own);
            }
            foreach (JsonElement annotation in document.RootElement.GetProperty("annotations").EnumerateArray())
            {
                if (annotation.TryGetProperty("iscrowd", out JsonElement crowd) && crowd.GetInt32() != 0) continue;
                double[] box = [.. annotation.GetProperty("bbox").EnumerateArray().Select(value => value.GetDouble())];
                if (box.Length != 4) throw new FormatException($"a bbox has {box.Length} numbers instead of 4");
                long id = annotation.GetProperty("image_id").GetInt64();
                if (!boxes.TryGetValue(id, out List<PixelBox>? own)) throw new FormatException($"an annotation belongs to image {id}, which is not listed");
                own.Add(Checked(new(box[0], box[1], box[0] + box[2], box[1] + box[3])));
            }
        }
        catch (Exception mistake) when (mistake is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new AnnotationException($"{_path}: is no COCO annotation: {mistake.Message.ReplaceLineEndings(" ").TrimEnd('.')}; give a .json with images and annotations.", mistake);
        }
    }

    private static PixelBox Checked(PixelBox box) =>
        box is { Left: var left, Top: var top, Right: var right, Bottom: var bottom } && double.IsFinite(left + top + right + bottom) ? box : throw new FormatException("a box is no number");

    private void Add(string stem, int height, int width, IReadOnlyList<PixelBox> boxes)
    {
        if (height < 1 || width < 1) throw new FormatException($"the picture is {height} x {width} pixels");
        if (!_pictures.TryAdd(stem, new(new ImageSize(height, width), boxes))) throw new AnnotationException($"{_path}: two annotated pictures are called '{stem}'; pictures are found by their file names, so make them differ.");
    }
}
