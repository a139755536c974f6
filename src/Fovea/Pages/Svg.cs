using System.Globalization;
using System.Xml.Linq;

namespace Fovea.Pages;

/// <summary>Elements of pictures inside a page.</summary>
internal static class Svg
{
    private static readonly XNamespace Namespace = "http://www.w3.org/2000/svg";

    /// <summary>A picture that a screen reader can tell.</summary>
    /// <param name="size">Its own units: width and height.</param>
    /// <param name="spoken">What it shows, as a sentence.</param>
    /// <param name="content">Its elements.</param>
    public static XElement Picture((double Width, double Height) size, string spoken, params object?[] content) => new(
        Namespace + "svg", new XAttribute("viewBox", $"0 0 {Number(size.Width)} {Number(size.Height)}"), new XAttribute("role", "img"), new XAttribute("aria-label", spoken), content);

    /// <summary>Marks upon something else, stretched over it; a screen reader passes them over.</summary>
    public static XElement Overlay(string classes, (double Width, double Height) size, params object?[] content) => new(
        Namespace + "svg", new XAttribute("class", classes), new XAttribute("viewBox", $"0 0 {Number(size.Width)} {Number(size.Height)}"), new XAttribute("preserveAspectRatio", "none"), new XAttribute("aria-hidden", "true"), content);

    /// <summary>A rectangle.</summary>
    public static XElement Rect(string classes, double x, double y, double width, double height, params object?[] content) =>
        Element("rect", classes, content, ("x", Number(x)), ("y", Number(y)), ("width", Number(width)), ("height", Number(height)));

    /// <summary>A path with a class of the style.</summary>
    public static XElement Path(string classes, string path, params object?[] content) => Element("path", classes, content, ("d", path));

    /// <summary>A text that begins, ends or is centred at a place, as its class says.</summary>
    public static XElement Text(string classes, double x, double y, string text) => Element("text", classes, [text], ("x", Number(x)), ("y", Number(y)));

    /// <summary>A small disc.</summary>
    public static XElement Dot(string classes, double x, double y, double radius) => Element("circle", classes, [], ("cx", Number(x)), ("cy", Number(y)), ("r", Number(radius)));

    /// <summary>A picture of pixels.</summary>
    public static XElement Image(string classes, string address, double width, double height) =>
        Element("image", classes, [], ("href", address), ("width", Number(width)), ("height", Number(height)));

    /// <summary>Another element again, by its id.</summary>
    public static XElement Use(string id) => new(Namespace + "use", new XAttribute("href", $"#{id}"));

    /// <summary>A line of a width.</summary>
    public static XElement Stroke(string classes, string path, double width) => Element("path", classes, [], ("d", path), ("stroke-width", Number(width)));

    /// <summary>What a pointer that rests on the element is told.</summary>
    public static XElement Title(string text) => new(Namespace + "title", text);

    /// <summary>A length, to the hundredth.</summary>
    public static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    private static XElement Element(string name, string classes, object?[] content, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        XElement element = new(Namespace + name, new XAttribute("class", classes));
        foreach ((string attribute, string value) in attributes) element.Add(new XAttribute(attribute, value));
        element.Add(content);
        return element;
    }
}
