using System.Globalization;
using System.Text.Json;

namespace Fovea.Training.Annotations;

/// <summary>Entries and fields of a COCO file on a <see cref="JsonScanner"/>; what is of the wrong kind is refused by the name of its entry.</summary>
internal sealed class CocoScanner
{
    private readonly string _file;

    private CocoScanner(JsonScanner json, string file)
    {
        Json = json;
        _file = file;
    }

    public JsonScanner Json { get; }

    /// <summary>Opens a file and reads it.</summary>
    /// <exception cref="AnnotationException">It is absent, or no JSON.</exception>
    public static T Use<T>(string path, Func<CocoScanner, T> read)
    {
        try
        {
            using JsonScanner json = new(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0));
            return read(new CocoScanner(json, path));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw AnnotationThrow.Unreadable(path, failure);
        }
        catch (JsonException failure)
        {
            throw AnnotationThrow.NotJson(path, failure);
        }
    }

    /// <summary>Whether the file begins with this token.</summary>
    public bool Begins(JsonTokenType token) => Json.Read() && Json.Token == token;

    /// <summary>Reads to the end of the file, so that what is wrong behind the content is found too.</summary>
    public void End()
    {
        while (Json.Read())
        {
        }
    }

    /// <summary>The names of an object's fields; each value must be read, or skipped, before the next is asked for.</summary>
    public IEnumerable<string> Fields()
    {
        while (Json.Read() && Json.Token == JsonTokenType.PropertyName)
        {
            string name = Json.Text();
            Json.Read();
            yield return name;
        }
    }

    /// <summary>The objects of a list, the scanner being at its start.</summary>
    /// <param name="kind">What an entry is called: `annotation`.</param>
    /// <param name="read">Reads one, given what to call it until its id is known.</param>
    /// <returns>Null when there is no list.</returns>
    public List<T>? List<T>(string kind, Func<string, T> read)
    {
        if (Json.Token != JsonTokenType.StartArray)
        {
            Json.Skip();
            return null;
        }
        List<T> entries = [];
        while (Json.Read() && Json.Token != JsonTokenType.EndArray)
        {
            string entry = string.Create(CultureInfo.InvariantCulture, $"{kind} number {entries.Count + 1}");
            if (Json.Token != JsonTokenType.StartObject) throw AnnotationThrow.MissingField(_file, entry, "id");
            entries.Add(read(entry));
        }
        return entries;
    }

    public long Integer(string entry, string field) => Json.Integer() ?? throw AnnotationThrow.BadField(_file, entry, field, "a whole number");

    public double Number(string entry, string field) => Json.Number() ?? throw AnnotationThrow.BadField(_file, entry, field, "a finite number");

    public bool Flag(string entry, string field) => Json.Flag() ?? throw AnnotationThrow.BadField(_file, entry, field, "0 or 1");

    public string Text(string entry, string field) => TextOrNull() ?? throw AnnotationThrow.BadField(_file, entry, field, "a text");

    /// <summary>A text; null when the value is none, which is passed over.</summary>
    public string? TextOrNull()
    {
        if (Json.Token == JsonTokenType.String) return Json.Text();
        Json.Skip();
        return null;
    }

    /// <summary>`[x, y, width, height]`.</summary>
    public CocoBox Box(string entry, string field)
    {
        const string Wanted = "a list of four finite numbers, x, y, width, height";
        if (Json.Token != JsonTokenType.StartArray) throw AnnotationThrow.BadField(_file, entry, field, Wanted);
        Span<double> numbers = stackalloc double[4];
        foreach (ref double number in numbers)
        {
            Json.Read();
            number = Json.Number() ?? throw AnnotationThrow.BadField(_file, entry, field, Wanted);
        }
        if (!Json.Read() || Json.Token != JsonTokenType.EndArray) throw AnnotationThrow.BadField(_file, entry, field, Wanted);
        return new CocoBox(numbers[0], numbers[1], numbers[2], numbers[3]);
    }
}
