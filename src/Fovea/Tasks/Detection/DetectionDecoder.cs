using System.Numerics;

namespace Fovea.Tasks;

/// <summary>From the maps of a detector to boxes (Tian et al. 2020, FCOS, sec. 3.2), in double precision: thresholds, the best of each level, suppression.</summary>
/// <param name="settings">What becomes a detection.</param>
internal sealed class DetectionDecoder(DetectionSettings settings)
{
    /// <summary>The detections of one picture.</summary>
    /// <param name="levels">From fine to coarse.</param>
    /// <param name="classes">Classes of the head.</param>
    /// <param name="picture">The part of the network's input that is no padding; boxes end there.</param>
    /// <returns>Best first, in pixels of the network's input.</returns>
    public List<ScoredBox> Decode<T>(IReadOnlyList<DetectorMaps<T>> levels, int classes, ImageSize picture)
        where T : struct, IFloatingPointIeee754<T> => NonMaximumSuppression.Apply(Candidates(levels, classes, picture), settings.MostOverlap, settings.MostDetections);

    /// <summary>What suppression chooses from: the best of each level.</summary>
    public List<ScoredBox> Candidates<T>(IReadOnlyList<DetectorMaps<T>> levels, int classes, ImageSize picture)
        where T : struct, IFloatingPointIeee754<T>
    {
        List<ScoredBox> candidates = [];
        foreach (DetectorMaps<T> maps in levels)
        {
            foreach ((int location, int index, double score) in Best(maps, classes))
            {
                BoundingBox box = BoxAt(maps.Locations, location, maps.Distances.Span.Slice(4 * location, 4)).Clip(picture);
                if (settings.KeepsDegenerate || (box.Width > 0 && box.Height > 0)) candidates.Add(new ScoredBox(index, score, box));
            }
        }
        return candidates;
    }

    /// <summary>A box from its distances to a place.</summary>
    /// <param name="locations">The places of the level.</param>
    /// <param name="location">Which.</param>
    /// <param name="distances">[4]: left, top, right, bottom, in cells.</param>
    public static BoundingBox BoxAt<T>(Locations locations, int location, ReadOnlySpan<T> distances)
        where T : struct, IFloatingPointIeee754<T>
    {
        (double x, double y) = locations[location];
        double size = locations.CellSize;
        return new BoundingBox(
            x - size * double.CreateTruncating(distances[0]), y - size * double.CreateTruncating(distances[1]),
            x + size * double.CreateTruncating(distances[2]), y + size * double.CreateTruncating(distances[3]));
    }

    // The score is the root of both probabilities' product; the order of equal ones is that of place and class.
    private IEnumerable<(int Location, int Class, double Score)> Best<T>(DetectorMaps<T> maps, int classes)
        where T : struct, IFloatingPointIeee754<T>
    {
        List<(int Location, int Class, double Score)> found = [];
        ReadOnlySpan<T> logits = maps.ClassLogits.Span, centres = maps.CentreLogits.Span;
        for (int location = 0; location < maps.Locations.Count; location++)
        {
            double centre = Sigmoid(double.CreateTruncating(centres[location]));
            if (Math.Sqrt(centre) <= settings.LeastScore) continue;              // no class can lift it
            for (int index = 0; index < classes; index++)
            {
                double score = Math.Sqrt(Sigmoid(double.CreateTruncating(logits[location * classes + index])) * centre);
                if (score > settings.LeastScore) found.Add((location, index, score));
            }
        }
        return found.OrderByDescending(one => one.Score).Take(settings.MostPerLevel);                    // a stable order
    }

    private static double Sigmoid(double logit) => 1 / (1 + Math.Exp(-logit));
}
