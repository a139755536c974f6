using System.Text.Json;

namespace Fovea.Training.Annotations;

/// <summary>Reads COCO result files: what a detector found.</summary>
internal static class CocoResults
{
    /// <summary>Reads a whole file, in its order, which decides between equal scores.</summary>
    /// <param name="path">The file.</param>
    /// <param name="truth">Whose pictures were detected on.</param>
    /// <exception cref="AnnotationException">It is absent, no JSON, no list of results, or has results of pictures that are not in <paramref name="truth"/>.</exception>
    public static IReadOnlyList<CocoDetection> Read(string path, CocoFile truth)
    {
        HashSet<long> images = [.. truth.Images.Select(image => image.Id)];
        List<CocoDetection> detections = CocoScanner.Use(path, scanner =>
        {
            if (!scanner.Begins(JsonTokenType.StartArray)) throw AnnotationThrow.NotResults(path);
            List<CocoDetection> found = scanner.List("result", entry => ReadOne(scanner, path, entry))!;
            scanner.End();
            return found;
        });
        long[] unknown = [.. detections.Select(detection => detection.ImageId).Distinct().Where(id => !images.Contains(id)).Order()];
        return unknown.Length == 0 ? detections : throw AnnotationThrow.UnknownImages(path, unknown);
    }

    private static CocoDetection ReadOne(CocoScanner scanner, string file, string entry)
    {
        long? image = null, category = null;
        CocoBox? box = null;
        double? score = null;
        foreach (string field in scanner.Fields())
        {
            switch (field)
            {
                case "image_id": image = scanner.Integer(entry, field); break;
                case "category_id": category = scanner.Integer(entry, field); break;
                case "bbox": box = scanner.Box(entry, field); break;
                case "score": score = scanner.Number(entry, field); break;
                default: scanner.Json.Skip(); break;
            }
        }
        return new CocoDetection(
            image ?? throw AnnotationThrow.MissingField(file, entry, "image_id"),
            category ?? throw AnnotationThrow.MissingField(file, entry, "category_id"),
            box ?? throw AnnotationThrow.MissingField(file, entry, "bbox"),
            score ?? throw AnnotationThrow.MissingField(file, entry, "score"));
    }
}

/// <summary>An object that a detector found.</summary>
/// <param name="ImageId">The picture.</param>
/// <param name="CategoryId">The class, which the ground truth need not have.</param>
/// <param name="Box">In pixels of the stored picture.</param>
/// <param name="Score">The higher, the surer.</param>
internal sealed record CocoDetection(long ImageId, long CategoryId, CocoBox Box, double Score);
