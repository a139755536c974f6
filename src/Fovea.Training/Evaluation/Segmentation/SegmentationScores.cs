namespace Fovea.Training.Evaluation;

/// <summary>The figures of semantic segmentation (Long et al. 2015, sec. 5), from the counts of a whole data set. What has nothing to measure is null and left out of means.</summary>
/// <param name="ClassIou">[classes]: pixels that both call the class, of those that either does.</param>
/// <param name="ClassAccuracy">[classes]: the share of the class's pixels that were found.</param>
/// <param name="ClassDice">[classes]: twice the pixels that both call the class, over the sum of those that each does.</param>
/// <param name="MeanIou">Over classes that occur in targets or predictions: one that was only predicted counts as 0.</param>
/// <param name="MeanIouOfTargets">Over classes that occur in targets.</param>
/// <param name="MeanAccuracy">Over classes that occur in targets.</param>
/// <param name="MeanDice">As <paramref name="MeanIou"/>.</param>
/// <param name="PixelAccuracy">The share of all pixels that were found.</param>
/// <param name="FrequencyWeightedIou">Mean IoU, each class weighted by its pixels.</param>
internal sealed record SegmentationScores(
    IReadOnlyList<double?> ClassIou, IReadOnlyList<double?> ClassAccuracy, IReadOnlyList<double?> ClassDice,
    double? MeanIou, double? MeanIouOfTargets, double? MeanAccuracy, double? MeanDice, double? PixelAccuracy, double? FrequencyWeightedIou)
{
    /// <summary>Takes the figures.</summary>
    public static SegmentationScores Of(PixelConfusion confusion)
    {
        int[] classes = [.. Enumerable.Range(0, confusion.Classes)];
        long[] hits = [.. classes.Select(one => confusion[one, one])], targets = [.. classes.Select(confusion.Targets)], predictions = [.. classes.Select(confusion.Predictions)];
        double?[] iou = [.. classes.Select(one => Share(hits[one], targets[one] + predictions[one] - hits[one]))];
        double?[] accuracy = [.. classes.Select(one => Share(hits[one], targets[one]))];
        double?[] dice = [.. classes.Select(one => Share(2 * hits[one], targets[one] + predictions[one]))];
        long pixels = targets.Sum();
        double weighted = classes.Where(one => targets[one] > 0).Sum(one => (double)targets[one] / pixels * iou[one]!.Value);
        return new SegmentationScores(
            iou, accuracy, dice, Mean(iou), Mean(classes.Where(one => targets[one] > 0).Select(one => iou[one])), Mean(accuracy), Mean(dice),
            Share(hits.Sum(), pixels), pixels == 0 ? null : weighted);
    }

    private static double? Share(long part, long whole) => whole == 0 ? null : (double)part / whole;

    private static double? Mean(IEnumerable<double?> values) => values.OfType<double>().Select(value => (double?)value).DefaultIfEmpty(null).Average();
}
