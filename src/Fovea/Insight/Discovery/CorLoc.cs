using Fovea.Numerics;

namespace Fovea.Insight;

/// <summary>Correct localisation: the share of pictures whose one box overlaps any annotated object by half or more (Deselaers et al. 2010).</summary>
/// <param name="Method">Whose boxes.</param>
/// <param name="Found">Pictures with a hit.</param>
/// <param name="Pictures">Pictures with an annotated object.</param>
internal sealed record CorLoc(string Method, int Found, int Pictures)
{
    /// <summary>0 to 1; NaN without pictures.</summary>
    public double Share => Pictures == 0 ? double.NaN : (double)Found / Pictures;

    /// <summary>Wilson's, of 95 %.</summary>
    public (double Low, double High) Interval => Pictures == 0 ? (double.NaN, double.NaN) : WilsonInterval.Of(Found, Pictures);
}

/// <summary>Counts hits of LOST beside boxes that look at nothing: who is below them has found nothing.</summary>
internal sealed class CorLocCounter
{
    private const double Enough = 0.5;
    private static readonly string[] Methods = ["lost", "seed only", "whole picture", "centred half"];
    private readonly int[] _found = new int[Methods.Length];
    private int _pictures;

    /// <summary>The counts so far; pictures without an object are not among them.</summary>
    public IReadOnlyList<CorLoc> Scores => [.. Methods.Select((method, number) => new CorLoc(method, _found[number], _pictures))];

    /// <summary>Adds a picture; boxes in its own pixels.</summary>
    public void Add(AnnotatedPicture picture, PixelBox lost, PixelBox seedOnly)
    {
        if (picture.Boxes.Count == 0) return;
        _pictures++;
        (double height, double width) = (picture.Size.Height, picture.Size.Width);
        PixelBox[] boxes = [lost, seedOnly, new(0, 0, width, height), new(width / 4, height / 4, 3 * width / 4, 3 * height / 4)];
        for (int method = 0; method < boxes.Length; method++) _found[method] += picture.Boxes.Any(box => box.Overlap(boxes[method]) >= Enough) ? 1 : 0;
    }
}
