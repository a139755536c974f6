namespace Fovea.Training.Evaluation;

/// <summary>Precision at every recall, for one class, one range of areas and one limit of detections.</summary>
internal sealed class PrecisionCurves
{
    /// <summary>What stands where there is nothing to find.</summary>
    public const double Undefined = -1;

    private PrecisionCurves()
    {
    }

    /// <summary>[overlaps, recalls].</summary>
    public double[,] Precision { get; } = new double[CocoProtocol.Overlaps.Count, CocoProtocol.Recalls.Count];

    /// <summary>[overlaps]: the recall of all detections.</summary>
    public double[] Recall { get; } = new double[CocoProtocol.Overlaps.Count];

    /// <summary>Adds up pictures.</summary>
    /// <param name="pictures">Those with objects or detections of the class, in the order of their ids: it decides between equal scores.</param>
    /// <param name="area">Which range of <see cref="CocoProtocol.Areas"/>.</param>
    /// <param name="limit">Detections of a picture that count.</param>
    public static PrecisionCurves Of(IReadOnlyList<PictureMatches> pictures, int area, int limit)
    {
        PrecisionCurves curves = new();
        int objects = pictures.Sum(picture => picture.Areas[area].Objects);
        (ushort Matched, ushort Ignored)[] ranked = [.. pictures
            .SelectMany(picture => Enumerable.Range(0, Math.Min(limit, picture.Scores.Length)).Select(detection => (picture, detection)))
            .OrderByDescending(one => one.picture.Scores[one.detection])                                  // a stable order
            .Select(one => (one.picture.Areas[area].Matched[one.detection], one.picture.Areas[area].Ignored[one.detection]))];
        double[] precision = new double[ranked.Length], recall = new double[ranked.Length];
        for (int level = 0; level < CocoProtocol.Overlaps.Count; level++)
        {
            if (objects > 0) Walk(ranked, 1 << level, objects, precision, recall);
            curves.Recall[level] = objects == 0 ? Undefined : ranked.Length == 0 ? 0 : recall[^1];
            for (int place = 0, step = 0; step < CocoProtocol.Recalls.Count; step++)
            {
                while (place < recall.Length && recall[place] < CocoProtocol.Recalls[step]) place++;
                curves.Precision[level, step] = objects == 0 ? Undefined : place < precision.Length ? precision[place] : 0;
            }
        }
        return curves;
    }

    // Precision and recall after each detection; then precision is made to fall only: at each place the best that comes.
    private static void Walk((ushort Matched, ushort Ignored)[] ranked, int bit, int objects, double[] precision, double[] recall)
    {
        double right = 0, wrong = 0;
        for (int place = 0; place < ranked.Length; place++)
        {
            bool counts = (ranked[place].Ignored & bit) == 0, isRight = (ranked[place].Matched & bit) != 0;
            if (counts && isRight) right++;
            if (counts && !isRight) wrong++;
            recall[place] = right / objects;
            precision[place] = right / (wrong + right + CocoProtocol.Epsilon);
        }
        for (int place = ranked.Length - 1; place > 0; place--) precision[place - 1] = Math.Max(precision[place - 1], precision[place]);
    }
}
