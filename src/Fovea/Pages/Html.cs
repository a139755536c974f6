using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace Fovea.Pages;

/// <summary>HTML as a tree, so that no name of a picture can be markup and no element stays open. What is written is well-formed XML and HTML at once.</summary>
internal static class Html
{
    private static readonly HashSet<string> Empty = ["meta", "br", "img", "hr", "col"];

    /// <summary>An element with attributes, texts and other elements; null is nothing.</summary>
    public static XElement Element(string name, params object?[] content) => new(name, content);

    /// <summary>The attribute `class`.</summary>
    public static XAttribute Class(string names) => new("class", names);

    /// <summary>What an element `script` holds, which HTML does not unescape: written as it is.</summary>
    /// <param name="text">Without `&lt;/script`.</param>
    public static XText Raw(string text) =>
        text.Contains("</script", StringComparison.OrdinalIgnoreCase) ? throw new ArgumentException("the text would end its element.", nameof(text)) : new RawText(text);

    /// <summary>Writes a page.</summary>
    /// <param name="page">The element `html`.</param>
    /// <param name="stream">Not closed.</param>
    public static void Write(XElement page, Stream stream)
    {
        foreach (XElement element in page.DescendantsAndSelf())
        {
            // A browser takes `<p/>` for an opening tag; only what can never hold anything is closed that way.
            if (element.IsEmpty && element.Name.Namespace == XNamespace.None && !Empty.Contains(element.Name.LocalName)) element.Value = "";
            foreach (XAttribute attribute in element.Attributes().Where(attribute => !attribute.IsNamespaceDeclaration)) attribute.Value = Printable(attribute.Value);
        }
        foreach (XText text in page.DescendantNodes().OfType<XText>().Where(text => text is not RawText)) text.Value = Printable(text.Value);
        XmlWriterSettings settings = new() { Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), OmitXmlDeclaration = true, Indent = true, NewLineChars = "\n", CloseOutput = false };
        stream.Write("<!DOCTYPE html>\n"u8);
        using XmlWriter writer = XmlWriter.Create(stream, settings);
        page.WriteTo(writer);
    }

    /// <summary>The text with what XML cannot hold, and what turns the direction of writing, as `\u202E`.</summary>
    public static string Printable(string text)
    {
        StringBuilder printable = new(text.Length);
        for (int index = 0; index < text.Length; index++)
        {
            char letter = text[index];
            if (index + 1 < text.Length && char.IsSurrogatePair(letter, text[index + 1])) printable.Append(letter).Append(text[++index]);
            else if (XmlConvert.IsXmlChar(letter) && !TurnsDirection(letter)) printable.Append(letter);
            else printable.Append(CultureInfo.InvariantCulture, $"\\u{(int)letter:X4}");
        }
        return printable.ToString();
    }

    private static bool TurnsDirection(char letter) => letter is '\u200E' or '\u200F' or '\u061C' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');

    private sealed class RawText(string text) : XText(text)
    {
        public override void WriteTo(XmlWriter writer) => writer.WriteRaw(Value);
    }
}
