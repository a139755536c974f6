using System.Globalization;
using System.Text.Json;

namespace Fovea.Training.Annotations;

/// <summary>Why annotations cannot be used, one sentence each.</summary>
internal static class AnnotationThrow
{
    private const int MostListed = 5;

    public static AnnotationException Unreadable(string file, Exception cause) =>
        new($"{file}: cannot be read ({cause.Message.TrimEnd('.')}); name a file that is there.", cause);

    public static AnnotationException NotJson(string file, JsonException cause) => new(string.Create(
        CultureInfo.InvariantCulture,
        $"{file}: is no valid JSON at line {cause.LineNumber + 1}, byte {cause.BytePositionInLine + 1}; write it again (NaN and Infinity are no JSON numbers)."), cause);

    public static AnnotationException NotCoco(string file, string missing) =>
        new($"{file}: is no COCO annotation file, it has no list \"{missing}\"; give one with images, annotations and categories.");

    public static AnnotationException NotResults(string file) =>
        new($"{file}: is no COCO result file; give a list of {{\"image_id\", \"category_id\", \"bbox\", \"score\"}}.");

    /// <param name="file">The file.</param>
    /// <param name="entry">Which entry: `annotation 17`.</param>
    /// <param name="field">Its field.</param>
    /// <param name="wanted">What the field should hold: `a number`.</param>
    public static AnnotationException BadField(string file, string entry, string field, string wanted) =>
        new($"{file}: \"{field}\" of {entry} is not {wanted}; correct the entry or take it out.");

    public static AnnotationException MissingField(string file, string entry, string field) =>
        new($"{file}: {entry} has no \"{field}\"; add it or take the entry out.");

    public static AnnotationException RepeatedId(string file, string kind, long id) => new(string.Create(
        CultureInfo.InvariantCulture, $"{file}: two {kind} have the id {id}; give each its own."));

    public static AnnotationException UnknownImages(string file, IReadOnlyCollection<long> ids) => new(string.Create(
        CultureInfo.InvariantCulture, $"{file}: has results for {ids.Count:N0} pictures that the ground truth does not have (image_id {List(ids)}); give the ground truth that was detected on."));

    /// <summary>The first few of many, for a message.</summary>
    public static string List<T>(IReadOnlyCollection<T> all)
    {
        string first = string.Join(", ", all.Take(MostListed).Select(one => Convert.ToString(one, CultureInfo.InvariantCulture)));
        return all.Count > MostListed ? $"{first}, ..." : first;
    }
}
