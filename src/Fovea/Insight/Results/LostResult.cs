namespace Fovea.Insight;

/// <summary>Objects that were found without labels, and how often an annotated one was met.</summary>
/// <param name="Objects">Of each picture; boxes in the pixels of the network's input.</param>
/// <param name="PositiveShare">Mean share of positive similarities.</param>
/// <param name="Scores">CorLoc of LOST, of its seed alone, and of boxes that look at nothing; empty without annotations.</param>
/// <param name="Unannotated">Pictures that the annotations do not have.</param>
internal sealed record LostResult(IReadOnlyList<(string Name, DiscoveredObject Found)> Objects, double PositiveShare, IReadOnlyList<CorLoc> Scores, int Unannotated)
{
    /// <summary>Whether similarities have both signs.</summary>
    public bool IsMeaningful => PositiveShare is >= 0.05 and <= 0.95;

    public static LostResult Of(IReadOnlyList<PictureStudy> pictures, ImageSize size, AnnotatedBoxes? boxes)
    {
        (string Name, DiscoveredObject Found)[] objects = [.. pictures.Select(picture => (picture.Name, picture.Found!))];
        double share = objects.Average(one => one.Found.PositiveShare);
        if (boxes is null) return new(objects, share, [], 0);
        CorLocCounter counter = new();
        int unannotated = 0;
        foreach ((string name, DiscoveredObject found) in objects)
        {
            if (boxes.Find(name) is { } annotated) counter.Add(annotated, found.Box.Scaled(size, annotated.Size), found.SeedOnlyBox.Scaled(size, annotated.Size));
            else unannotated++;
        }
        return new(objects, share, counter.Scores, unannotated);
    }
}
