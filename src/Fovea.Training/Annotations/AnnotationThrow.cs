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

    public static AnnotationException NotVoc(string file, string why, Exception? cause = null) =>
        new($"{file}: is no Pascal VOC annotation, {why}; correct it or take it out with its picture.", cause!);

    public static AnnotationException UnknownClasses(IReadOnlyCollection<string> unknown, IReadOnlyCollection<string> classes) => new(string.Create(
        CultureInfo.InvariantCulture, $"annotations have classes that are not known ({List(unknown)}); the classes are {string.Join(", ", classes)}: correct the annotations, or name all classes."));

    public static AnnotationException OtherCategories(string file, IReadOnlyCollection<string> unknown) => new(string.Create(
        CultureInfo.InvariantCulture, $"{file}: has {unknown.Count:N0} categories that the detector was not trained on, or has under other ids ({List(unknown)}); give annotations with the same categories."));

    public static AnnotationException MissingPictures(string file, IReadOnlyCollection<string> names) => new(string.Create(
        CultureInfo.InvariantCulture, $"{file}: {names.Count:N0} pictures that it names are not in the data ({List(names)}); add them, or take them out of the file."));

    public static AnnotationException NoAnnotations(string source, IReadOnlyCollection<string> names) => new(string.Create(
        CultureInfo.InvariantCulture, $"{source}: {names.Count:N0} pictures have no annotations ({List(names)}); put an .xml beside each, or name a COCO file with data.annotations."));

    public static AnnotationException NothingToTrainOn(string source) =>
        new($"{source}: no picture has an object that can be trained on (crowds, difficult ones and boxes of a pixel are left out); give other annotations.");

    /// <summary>The first few of many, for a message.</summary>
    public static string List<T>(IReadOnlyCollection<T> all)
    {
        string first = string.Join(", ", all.Take(MostListed).Select(one => Convert.ToString(one, CultureInfo.InvariantCulture)));
        return all.Count > MostListed ? $"{first}, ..." : first;
    }
}
