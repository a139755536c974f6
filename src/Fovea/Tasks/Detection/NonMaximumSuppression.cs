namespace Fovea.Tasks;

/// <summary>Of many boxes around one object, the best: greedy suppression within each class.</summary>
internal static class NonMaximumSuppression
{
    /// <summary>Goes through the boxes in descending score, of equal ones the first first, and drops each that overlaps a kept one of its class by more than a limit.</summary>
    /// <param name="boxes">In any order.</param>
    /// <param name="mostOverlap">Intersection over union that is borne.</param>
    /// <param name="most">Boxes to keep at most, over all classes.</param>
    /// <returns>Best first.</returns>
    public static List<ScoredBox> Apply(IEnumerable<ScoredBox> boxes, double mostOverlap, int most)
    {
        List<ScoredBox> kept = [];
        Dictionary<int, List<BoundingBox>> ofClass = [];
        foreach (ScoredBox box in boxes.OrderByDescending(box => box.Score))                             // a stable order
        {
            if (kept.Count == most) break;
            if (!ofClass.TryGetValue(box.Class, out List<BoundingBox>? rivals)) ofClass.Add(box.Class, rivals = []);
            if (rivals.Any(rival => rival.Overlap(box.Box) > mostOverlap)) continue;
            rivals.Add(box.Box);
            kept.Add(box);
        }
        return kept;
    }
}
