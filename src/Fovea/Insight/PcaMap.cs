using System.Numerics.Tensors;
using Fovea.Numerics;

namespace Fovea;

/// <summary>
/// The three leading principal components of patch tokens, as colours: patches of one colour are alike to the network (Oquab et al. 2023, figure 1). Fitted on
/// the patches of one picture, or of several, so that a colour means the same in all of them. Immutable.
/// </summary>
/// <remarks>
/// Eigenvectors of the covariance in double. The entry of largest magnitude of each component is positive, so that pictures repeat. With tokens of very
/// large norm the first component shows little else: use tokens after the final norm, or leave those out (<see cref="TokenNorms"/>).
/// </remarks>
public sealed class PcaMap
{
    /// <summary>Components, and so colours: red, green, blue.</summary>
    public const int Components = 3;

    private const double Hair = 1e-7;                                             // the reference's: a component without spread is black
    private const int ThresholdBins = 256;

    private readonly double[] _mean;
    private readonly double[][] _components;
    private readonly double[] _low = [double.PositiveInfinity, double.PositiveInfinity, double.PositiveInfinity];
    private readonly double[] _high = [double.NegativeInfinity, double.NegativeInfinity, double.NegativeInfinity];

    private PcaMap(double[] mean, double[][] components, double[] variances, double total)
    {
        (_mean, _components) = (mean, components);
        Deviations = [.. variances.Select(variance => Math.Sqrt(Math.Max(0, variance)))];
        ExplainedShares = [.. variances.Select(variance => total > 0 ? Math.Max(0, variance) / total : 0)];
    }

    /// <summary>The share of the variance of all patches that each component explains, [3], descending; 0 where there are no three.</summary>
    public IReadOnlyList<double> ExplainedShares { get; }

    /// <summary>The standard deviation of the patches along each component, [3].</summary>
    public IReadOnlyList<double> Deviations { get; }

    /// <summary>Patches whose first component is above this are on the one side, the others on the other: the threshold of Otsu 1979 over all patches of the fit.</summary>
    public double Threshold { get; private set; }

    /// <summary>Whether the foreground lies above <see cref="Threshold"/>: it is the side that holds the smaller share of the patches at the border of the pictures.</summary>
    public bool IsForegroundAbove { get; private set; }

    /// <summary>A direction in the space of tokens, of length 1, orthogonal to the others.</summary>
    /// <param name="number">0, 1 or 2.</param>
    /// <returns>[width].</returns>
    public ReadOnlySpan<double> Component(int number) => _components[number];

    /// <summary>Fits the components to the patches of one picture.</summary>
    /// <param name="patches">[patches, width], such as <see cref="TokenLayout.Patches"/> gives them.</param>
    /// <param name="width">Numbers of a token.</param>
    /// <param name="grid">Of the picture.</param>
    /// <exception cref="ArgumentException">The numbers are not those of such a grid.</exception>
    public static PcaMap Fit(ReadOnlyMemory<float> patches, int width, PatchGrid grid) => Fit([patches], width, grid);

    /// <summary>Fits one basis to the patches of several pictures.</summary>
    /// <param name="pictures">[patches, width] of each.</param>
    /// <param name="width">Numbers of a token.</param>
    /// <param name="grid">Of every picture.</param>
    /// <param name="isUsed">[patches] of each picture: whether a patch takes part in the fit; null: all do.</param>
    /// <exception cref="ArgumentException">There is no picture, or the numbers are not those of such a grid.</exception>
    public static PcaMap Fit(IReadOnlyList<ReadOnlyMemory<float>> pictures, int width, PatchGrid grid, IReadOnlyList<bool[]>? isUsed = null)
    {
        ArgumentNullException.ThrowIfNull(pictures);
        if (pictures.Count == 0) throw new ArgumentException("no picture is given; principal components need at least one.", nameof(pictures));
        foreach (ReadOnlyMemory<float> picture in pictures) Check(picture.Length, width, grid);
        List<double[]> used = [.. pictures.Select((picture, number) => Used(picture.Span, width, isUsed?[number]))];
        int count = used.Sum(rows => rows.Length / width);
        double[] mean = new double[width], covariance = new double[width * width];
        foreach (double[] rows in used)
        {
            for (int row = 0; row < rows.Length; row += width) TensorPrimitives.Add(mean, rows.AsSpan(row, width), mean);
        }
        TensorPrimitives.Divide(mean, Math.Max(1, count), mean);
        foreach (double[] rows in used)
        {
            for (int row = 0; row < rows.Length; row += width) TensorPrimitives.Subtract(rows.AsSpan(row, width), mean, rows.AsSpan(row, width));
            Products.AddSquares(rows, width, covariance);
        }
        TensorPrimitives.Divide(covariance, Math.Max(1, count), covariance);
        double total = 0;
        for (int index = 0; index < width; index++) total += covariance[index * width + index];
        (double[] values, double[][] vectors) = SymmetricEigen.Leading(covariance, width, Components);
        PcaMap map = new(mean, [.. vectors.Select(Signed), .. Enumerable.Repeat(new double[width], Components - vectors.Length)], [.. values, .. new double[Components - values.Length]], total);
        map.Measure(pictures, grid);
        return map;
    }

    /// <summary>Where patches lie along the components.</summary>
    /// <param name="patches">[patches, width].</param>
    /// <returns>[patches, 3].</returns>
    public double[] Project(ReadOnlySpan<float> patches)
    {
        int width = _mean.Length;
        double[] places = new double[patches.Length / width * Components], centred = new double[width];
        for (int patch = 0; patch < patches.Length / width; patch++)
        {
            TensorPrimitives.ConvertTruncating(patches.Slice(patch * width, width), centred);
            TensorPrimitives.Subtract(centred, _mean, centred);
            for (int component = 0; component < Components; component++) places[patch * Components + component] = TensorPrimitives.Dot<double>(centred, _components[component]);
        }
        return places;
    }

    /// <summary>The colours of patches: each component from its least to its greatest value over the pictures of the fit, 0 to 255.</summary>
    /// <param name="patches">[patches, width].</param>
    /// <returns>[patches, 3]: red, green, blue.</returns>
    public byte[] Colours(ReadOnlySpan<float> patches)
    {
        double[] places = Project(patches);
        byte[] colours = new byte[places.Length];
        for (int index = 0; index < places.Length; index++)
        {
            int component = index % Components;
            double share = (places[index] - _low[component]) / (_high[component] - _low[component] + Hair);
            colours[index] = (byte)Math.Clamp(Math.Round(255 * share), 0, 255);
        }
        return colours;
    }

    /// <summary>Which patches are foreground: on the side of <see cref="Threshold"/> that touches the border of the pictures less. A guess without labels, and it may be wrong.</summary>
    /// <param name="patches">[patches, width].</param>
    /// <returns>[patches].</returns>
    public bool[] Foreground(ReadOnlySpan<float> patches)
    {
        double[] places = Project(patches);
        bool[] isForeground = new bool[places.Length / Components];
        for (int patch = 0; patch < isForeground.Length; patch++) isForeground[patch] = places[patch * Components] > Threshold == IsForegroundAbove;
        return isForeground;
    }

    private static void Check(int numbers, int width, PatchGrid grid)
    {
        if (width < 1 || numbers != (long)width * grid.Patches || numbers == 0)
        {
            throw new ArgumentException($"{numbers} numbers are not {grid.Patches} patches of {width}; give the patches of one picture, row by row.");
        }
    }

    private static double[] Used(ReadOnlySpan<float> patches, int width, bool[]? isUsed)
    {
        if (isUsed is null || !isUsed.Contains(false)) return Products.Widened(patches);
        List<double> rows = [];
        for (int patch = 0; patch < isUsed.Length; patch++)
        {
            if (isUsed[patch]) rows.AddRange(Products.Widened(patches.Slice(patch * width, width)));
        }
        return [.. rows];
    }

    private static double[] Signed(double[] component)
    {
        if (component[TensorPrimitives.IndexOfMaxMagnitude<double>(component)] < 0) TensorPrimitives.Negate(component, component);
        return component;
    }

    private void Measure(IReadOnlyList<ReadOnlyMemory<float>> pictures, PatchGrid grid)
    {
        double[][] places = [.. pictures.Select(picture => Project(picture.Span))];
        foreach (double[] picture in places)
        {
            for (int index = 0; index < picture.Length; index++)
            {
                int component = index % Components;
                _low[component] = Math.Min(_low[component], picture[index]);
                _high[component] = Math.Max(_high[component], picture[index]);
            }
        }
        double[] first = [.. places.SelectMany(picture => picture.Where((_, index) => index % Components == 0))];
        Threshold = Otsu(first, _low[0], _high[0]);
        int above = 0, below = 0, borderAbove = 0, borderBelow = 0;
        for (int index = 0; index < first.Length; index++)
        {
            int patch = index % grid.Patches, row = patch / grid.Columns, column = patch % grid.Columns;
            int isBorder = row == 0 || column == 0 || row == grid.Rows - 1 || column == grid.Columns - 1 ? 1 : 0;
            if (first[index] > Threshold) (above, borderAbove) = (above + 1, borderAbove + isBorder);
            else (below, borderBelow) = (below + 1, borderBelow + isBorder);
        }
        IsForegroundAbove = (double)borderAbove / Math.Max(1, above) <= (double)borderBelow / Math.Max(1, below);
    }

    // The threshold that makes the variance between the two sides greatest (Otsu 1979), on 256 bins.
    private static double Otsu(double[] values, double low, double high)
    {
        if (!(high > low)) return low;
        double[] counts = new double[ThresholdBins];
        foreach (double value in values) counts[Math.Min(ThresholdBins - 1, (int)((value - low) / (high - low) * ThresholdBins))]++;
        double total = values.Length, sum = 0, left = 0, leftSum = 0, best = -1;
        for (int bin = 0; bin < ThresholdBins; bin++) sum += bin * counts[bin];
        int threshold = 0;
        for (int bin = 0; bin < ThresholdBins - 1; bin++)
        {
            (left, leftSum) = (left + counts[bin], leftSum + bin * counts[bin]);
            if (left == 0 || left == total) continue;
            double difference = leftSum / left - (sum - leftSum) / (total - left), between = left * (total - left) * difference * difference;
            if (between <= best) continue;
            (best, threshold) = (between, bin);
        }
        return low + (threshold + 1) * (high - low) / ThresholdBins;
    }
}
