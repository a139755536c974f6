using Fovea.Training.Annotations;

namespace Fovea.Training.Evaluation;

/// <summary>
/// Average precision of detected boxes as COCO's public program measures it, in double precision. All figures are of whole data sets: none is a mean
/// over pictures.
/// </summary>
internal static class CocoEvaluation
{
    private const int AllAreas = 0, Overlap50 = 0, Overlap75 = 5, Limit100 = 2;

    /// <summary>Measures.</summary>
    /// <param name="images">Ids of all pictures that were detected on, those without objects too; in any order.</param>
    /// <param name="categories">The classes that are measured; detections and objects of others do not take part.</param>
    /// <param name="objects">What is there, in the order of the file.</param>
    /// <param name="detections">What was found in these pictures, in the order of the file.</param>
    public static DetectionReport Of(IEnumerable<long> images, IEnumerable<CocoCategory> categories, IEnumerable<CocoAnnotation> objects, IEnumerable<CocoDetection> detections)
    {
        long[] pictures = [.. images.Order()];
        CocoCategory[] classes = [.. categories.OrderBy(category => category.Id)];
        ILookup<(long Image, long Category), CocoAnnotation> truth = objects.ToLookup(one => (one.ImageId, one.CategoryId));
        ILookup<(long Image, long Category), CocoDetection> found = detections.ToLookup(one => (one.ImageId, one.CategoryId));
        PrecisionCurves[,,] curves = new PrecisionCurves[classes.Length, CocoProtocol.Areas.Count, CocoProtocol.Limits.Count];
        Parallel.For(0, classes.Length, number =>
        {
            PictureMatches[] matches = [.. pictures.Select(picture => (picture, classes[number].Id))
                .Where(key => truth.Contains(key) || found.Contains(key))
                .Select(key => PictureMatches.Of([.. truth[key]], [.. found[key]]))];
            for (int area = 0; area < CocoProtocol.Areas.Count; area++)
            {
                for (int limit = 0; limit < CocoProtocol.Limits.Count; limit++) curves[number, area, limit] = PrecisionCurves.Of(matches, area, CocoProtocol.Limits[limit]);
            }
        });
        return new DetectionReport(Summarise(curves), [.. classes.Select((category, number) => Score(category, curves[number, AllAreas, Limit100]))], curves);
    }

    /// <summary>Measures the results of a file's pictures.</summary>
    public static DetectionReport Of(CocoFile truth, IEnumerable<CocoDetection> detections) =>
        Of(truth.Images.Select(image => image.Id), truth.Categories, truth.Annotations, detections);

    private static KeyValuePair<string, double>[] Summarise(PrecisionCurves[,,] curves)
    {
        PrecisionCurves[] All(int area, int limit) => [.. Enumerable.Range(0, curves.GetLength(0)).Select(category => curves[category, area, limit])];
        return
        [
            new("AP", Precision(All(AllAreas, Limit100))),
            new("AP50", Precision(All(AllAreas, Limit100), Overlap50)),
            new("AP75", Precision(All(AllAreas, Limit100), Overlap75)),
            new("APs", Precision(All(1, Limit100))),
            new("APm", Precision(All(2, Limit100))),
            new("APl", Precision(All(3, Limit100))),
            new("AR1", Recall(All(AllAreas, 0))),
            new("AR10", Recall(All(AllAreas, 1))),
            new("AR100", Recall(All(AllAreas, Limit100))),
            new("ARs", Recall(All(1, Limit100))),
            new("ARm", Recall(All(2, Limit100))),
            new("ARl", Recall(All(3, Limit100))),
        ];
    }

    private static CategoryScores Score(CocoCategory category, PrecisionCurves curves) =>
        new(category.Id, category.Name, Precision([curves]), Precision([curves], Overlap50), Precision([curves], Overlap75), Recall([curves]));

    private static double Precision(PrecisionCurves[] curves) => Mean(curves.SelectMany(one => one.Precision.Cast<double>()));

    private static double Precision(PrecisionCurves[] curves, int overlap) =>
        Mean(curves.SelectMany(one => Enumerable.Range(0, CocoProtocol.Recalls.Count).Select(recall => one.Precision[overlap, recall])));

    private static double Recall(PrecisionCurves[] curves) => Mean(curves.SelectMany(one => one.Recall));

    private static double Mean(IEnumerable<double> values) => values.Where(value => value > PrecisionCurves.Undefined).DefaultIfEmpty(PrecisionCurves.Undefined).Average();
}
