using System.Globalization;
using Fovea.Training.Annotations;

namespace Fovea.Training.Data;

/// <summary>Which pictures a detector learns from: those with an object that can be found, and a share of those without any.</summary>
internal static class TrainablePictures
{
    // As in the reference: boxes of a pixel are mistakes of the hand.
    private const double ShortestSide = 1;

    /// <summary>Leaves out pictures of nothing but crowds, difficult objects and boxes with a side of a pixel or less; of pictures without any object a share stays.</summary>
    /// <param name="pictures">The whole set; both hold the same open files.</param>
    /// <param name="keepEmpty">The share of pictures without objects that stay, 0 to 1, evenly spread.</param>
    /// <param name="remarks">Takes what a user should hear.</param>
    /// <exception cref="AnnotationException">Nothing is left.</exception>
    public static DetectionSet Of(DetectionSet pictures, double keepEmpty, ICollection<string> remarks)
    {
        if (keepEmpty is not (>= 0 and <= 1)) throw new ArgumentException($"The share {keepEmpty} of pictures without objects is outside 0 to 1.");
        int empty = 0, tooSmall = 0;
        bool[] keeps = [.. Enumerable.Range(0, pictures.Count).Select(sample =>
        {
            LabelledBox[] objects = pictures.ObjectsOf(sample);
            tooSmall += objects.Count(one => !one.IsRegion && !IsLarge(one));
            if (objects.Length > 0) return objects.Any(one => !one.IsRegion && IsLarge(one));
            empty++;
            return Math.Floor(empty * keepEmpty) > Math.Floor((empty - 1) * keepEmpty);
        })];
        if (!keeps.Contains(true)) throw AnnotationThrow.NothingToTrainOn(string.Join(", ", pictures.Sources.Select(source => source.Name)));
        if (tooSmall > 0) remarks.Add(string.Create(CultureInfo.InvariantCulture, $"{tooSmall:N0} boxes have a side of a pixel or less and are not trained on ({AnnotationThrow.List(Names(one => !one.IsRegion && !IsLarge(one)))})."));
        int left = keeps.Count(kept => !kept);
        if (left > 0) remarks.Add(string.Create(CultureInfo.InvariantCulture, $"{left:N0} pictures without an object to learn from are left out."));
        return pictures.Choose(sample => keeps[sample]);

        string[] Names(Func<LabelledBox, bool> isMeant) => [.. Enumerable.Range(0, pictures.Count).Where(sample => pictures.ObjectsOf(sample).Any(isMeant)).Select(pictures.NameOf)];
    }

    private static bool IsLarge(LabelledBox one) => one.Box.Width > ShortestSide && one.Box.Height > ShortestSide;
}
