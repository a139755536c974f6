using Fovea.Training.Annotations;

namespace Fovea.Training.Evaluation;

/// <summary>
/// What the detections of one class in one picture are worth, for every range of areas and every overlap: all that a data set's figures are added up
/// from, so that resampling pictures matches nothing again.
/// </summary>
internal sealed class PictureMatches
{
    // A detection may be matched at an overlap that a rounding step keeps from being exactly 1.
    private const double MostDemanded = 1 - 1e-10;

    private PictureMatches(double[] scores, AreaMatches[] areas)
    {
        Scores = scores;
        Areas = areas;
    }

    /// <summary>[detections]: best first, at most 100; of equal ones the first of the file.</summary>
    public double[] Scores { get; }

    /// <summary>One for each range of <see cref="CocoProtocol.Areas"/>.</summary>
    public AreaMatches[] Areas { get; }

    /// <summary>Matches detections to objects greedily, the best detection first.</summary>
    /// <param name="objects">Of one picture and class, in the order of the file.</param>
    /// <param name="detections">Of the same, in the order of the file.</param>
    public static PictureMatches Of(IReadOnlyList<CocoAnnotation> objects, IReadOnlyList<CocoDetection> detections)
    {
        CocoDetection[] best = [.. detections.OrderByDescending(detection => detection.Score).Take(CocoProtocol.MostDetections)];      // a stable order
        double[,] overlaps = new double[best.Length, objects.Count];
        for (int detection = 0; detection < best.Length; detection++)
        {
            for (int number = 0; number < objects.Count; number++) overlaps[detection, number] = BoxOverlap.Of(best[detection].Box, objects[number].Box, objects[number].IsCrowd);
        }
        return new PictureMatches([.. best.Select(detection => detection.Score)], [.. CocoProtocol.Areas.Select(range => Match(objects, best, overlaps, range))]);
    }

    private static AreaMatches Match(IReadOnlyList<CocoAnnotation> objects, CocoDetection[] detections, double[,] overlaps, AreaRange range)
    {
        bool[] isIgnored = [.. objects.Select(one => one.IsCrowd || !range.Has(one.Area))];
        int[] order = [.. Enumerable.Range(0, objects.Count).OrderBy(number => isIgnored[number])];
        ushort[] matched = new ushort[detections.Length], ignored = new ushort[detections.Length];
        for (int level = 0; level < CocoProtocol.Overlaps.Count; level++)
        {
            ushort bit = (ushort)(1 << level);
            bool[] isTaken = new bool[objects.Count];
            for (int detection = 0; detection < detections.Length; detection++)
            {
                int chosen = Choose(detection, CocoProtocol.Overlaps[level]);
                bool counts = chosen >= 0 ? !isIgnored[chosen] : range.Has(detections[detection].Box.Area);
                if (!counts) ignored[detection] |= bit;
                if (chosen < 0) continue;
                matched[detection] |= bit;
                isTaken[chosen] = true;
            }

            // Of equal overlaps the later object; one that counts is not given up for one that does not.
            int Choose(int detection, double demanded)
            {
                double best = Math.Min(demanded, MostDemanded);
                int chosen = -1;
                foreach (int number in order)
                {
                    if (isTaken[number] && !objects[number].IsCrowd) continue;
                    if (chosen >= 0 && !isIgnored[chosen] && isIgnored[number]) break;
                    if (overlaps[detection, number] < best) continue;
                    best = overlaps[detection, number];
                    chosen = number;
                }
                return chosen;
            }
        }
        return new AreaMatches(isIgnored.Count(one => !one), matched, ignored);
    }
}

/// <summary>Matches among the objects of one range of areas. Bit t of a detection stands for overlap t of <see cref="CocoProtocol.Overlaps"/>.</summary>
/// <param name="Objects">Objects that count: of that size, and no crowds.</param>
/// <param name="Matched">[detections]: where it found an object.</param>
/// <param name="Ignored">[detections]: where it is neither right nor wrong, having found what does not count, or nothing and being of another size.</param>
internal readonly record struct AreaMatches(int Objects, ushort[] Matched, ushort[] Ignored);
