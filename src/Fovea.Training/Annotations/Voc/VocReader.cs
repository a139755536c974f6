using System.Globalization;
using System.Xml;
using System.Xml.Linq;

namespace Fovea.Training.Annotations;

/// <summary>Reads Pascal VOC annotations (Everingham et al. 2010, the development kit's XML). Nothing that a file names is ever fetched or expanded.</summary>
internal static class VocReader
{
    private const long LargestFile = 16 << 20;

    private static readonly XmlReaderSettings Settings = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = LargestFile };

    /// <summary>Reads one file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="AnnotationException">It is absent, no XML, or no VOC annotation.</exception>
    public static VocPicture Read(string path)
    {
        try
        {
            using FileStream stream = File.OpenRead(path);
            return Read(stream, path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw AnnotationThrow.Unreadable(path, failure);
        }
    }

    /// <summary>Reads one document; the stream is not closed.</summary>
    /// <param name="stream">The XML.</param>
    /// <param name="name">What messages call it.</param>
    /// <exception cref="AnnotationException">It is no XML, or no VOC annotation.</exception>
    public static VocPicture Read(Stream stream, string name)
    {
        XElement root = Parse(stream, name);
        if (root.Name.LocalName != "annotation") throw AnnotationThrow.NotVoc(name, $"its root is <{root.Name.LocalName}> and not <annotation>");
        XElement? size = root.Element("size");
        return new VocPicture(Side(size, "width"), Side(size, "height"), [.. root.Elements("object").Select((one, number) => ReadObject(one, number + 1, name))]);
    }

    private static XElement Parse(Stream stream, string name)
    {
        try
        {
            using XmlReader reader = XmlReader.Create(stream, Settings);
            return XElement.Load(reader);
        }
        catch (Exception failure) when (failure is XmlException or InvalidOperationException)
        {
            throw AnnotationThrow.NotVoc(name, failure.Message.TrimEnd('.'), failure);
        }
    }

    // Children are looked up by name, in any order; those of <part> have names and boxes of their own and are not looked at.
    private static VocObject ReadObject(XElement one, int number, string file)
    {
        string name = one.Element("name")?.Value.Trim() is { Length: > 0 } found ? found : throw AnnotationThrow.NotVoc(file, $"object {number} has no <name>");
        XElement box = one.Element("bndbox") ?? throw AnnotationThrow.NotVoc(file, $"object {number} ({name}) has no <bndbox>");
        return new VocObject(name, Edge("xmin"), Edge("ymin"), Edge("xmax"), Edge("ymax"), one.Element("difficult")?.Value.Trim() is "1" or "true");

        double Edge(string edge) => double.TryParse(box.Element(edge)?.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value)
            ? value
            : throw AnnotationThrow.NotVoc(file, $"<{edge}> of object {number} ({name}) is no number");
    }

    private static int Side(XElement? size, string side) =>
        double.TryParse(size?.Element(side)?.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && value is >= 1 and <= int.MaxValue ? (int)value : 0;
}
