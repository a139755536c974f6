using System.Numerics.Tensors;
using Fovea.Numerics;

namespace Fovea;

/// <summary>
/// The norms of patch tokens of one block over one or more pictures, and how many of them are outliers (Darcet et al. 2023, section 2). Norms are
/// Euclidean, of the tokens as they leave the block, before the final norm: a norm layer makes all of them nearly equal and hides what is looked for. Immutable.
/// </summary>
public sealed class TokenNorms
{
    /// <summary>The cut-off that the paper chose by eye for DINOv2 ViT-g; it means nothing for another model, and stands beside <see cref="Cutoff"/> for comparison.</summary>
    public const double PaperCutoff = 150;

    private const double LeastGap = 0.405465108108164;                            // ln 1.5
    private readonly IReadOnlyList<ReadOnlyMemory<float>> _pictures;
    private readonly double[] _sorted;

    private TokenNorms(IReadOnlyList<ReadOnlyMemory<float>> pictures)
    {
        _pictures = pictures;
        float[] all = new float[pictures.Sum(picture => picture.Length)];
        int place = 0;
        foreach (ReadOnlyMemory<float> picture in pictures)
        {
            picture.Span.CopyTo(all.AsSpan(place));
            place += picture.Length;
        }
        if (all.Length == 0) throw new ArgumentException("no token is given; norms need at least one picture.", nameof(pictures));
        _sorted = OrderStatistics.Sorted(all);
        Median = OrderStatistics.Quantile(_sorted, 0.5);
        Madn = OrderStatistics.Madn(all, Median);
        Cutoff = Math.Max(3 * Median, Median + 10 * Madn);
    }

    /// <summary>The norm in the middle.</summary>
    public double Median { get; }

    /// <summary>1.4826 times the median distance to the median: the standard deviation, were there no outliers.</summary>
    public double Madn { get; }

    /// <summary>
    /// The cut-off fitted to the model: the larger of 3 medians and the median plus 10 <see cref="Madn"/>. It scales with the norms, ignores the outliers
    /// themselves, and lies far above any token that belongs to the bulk. One for all pictures.
    /// </summary>
    public double Cutoff { get; }

    /// <summary>Pictures.</summary>
    public int Pictures => _pictures.Count;

    /// <summary>The Euclidean norm of each token.</summary>
    /// <param name="tokens">[tokens, width].</param>
    /// <param name="width">Numbers of a token.</param>
    /// <returns>[tokens]; sums of squares in double.</returns>
    public static float[] Of(ReadOnlySpan<float> tokens, int width)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        float[] norms = new float[tokens.Length / width];
        double[] wide = new double[width];
        for (int token = 0; token < norms.Length; token++)
        {
            TensorPrimitives.ConvertTruncating(tokens.Slice(token * width, width), wide);
            norms[token] = (float)TensorPrimitives.Norm<double>(wide);
        }
        return norms;
    }

    /// <summary>Looks at the norms of the patches of pictures.</summary>
    /// <param name="pictures">[patches] of each picture: norms of one block.</param>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static TokenNorms Of(IReadOnlyList<ReadOnlyMemory<float>> pictures)
    {
        ArgumentNullException.ThrowIfNull(pictures);
        return new TokenNorms(pictures);
    }

    /// <summary>The norm below which a share of all patches lie, linear between neighbours.</summary>
    /// <param name="share">0 to 1.</param>
    public double Quantile(double share) => OrderStatistics.Quantile(_sorted, share);

    /// <summary>The share of patches above a norm, 0 to 1.</summary>
    public double ShareAbove(double norm) => (double)(_sorted.Length - FirstAbove(norm)) / _sorted.Length;

    /// <summary>What the share above a norm says.</summary>
    public OutlierVerdict Verdict(double cutoff) => ShareAbove(cutoff) switch
    {
        < 0.001 => OutlierVerdict.None,
        <= 0.005 => OutlierVerdict.Few,
        _ => OutlierVerdict.Present,
    };

    /// <summary>
    /// The interval of the share above a norm that 95 % of resamples of the pictures give (Efron 1979): patches of a picture are not independent, pictures are.
    /// </summary>
    /// <param name="cutoff">The norm.</param>
    /// <param name="seed">The same seed gives the same interval.</param>
    /// <param name="resamples">How often pictures are drawn again.</param>
    public (double Low, double High) Interval(double cutoff, int seed = 0, int resamples = 1000)
    {
        (int Above, int Count)[] counts = [.. _pictures.Select(picture => (CountAbove(picture.Span, cutoff), picture.Length))];
        Random random = new(seed);
        double[] shares = new double[resamples];
        for (int resample = 0; resample < resamples; resample++)
        {
            long above = 0, all = 0;
            for (int draw = 0; draw < counts.Length; draw++)
            {
                (int drawnAbove, int drawnCount) = counts[random.Next(counts.Length)];
                (above, all) = (above + drawnAbove, all + drawnCount);
            }
            shares[resample] = (double)above / all;
        }
        Array.Sort(shares);
        return (OrderStatistics.Quantile(shares, 0.025), OrderStatistics.Quantile(shares, 0.975));
    }

    /// <summary>How many patches of each picture are above a norm, [pictures].</summary>
    public int[] CountsAbove(double cutoff) => [.. _pictures.Select(picture => CountAbove(picture.Span, cutoff))];

    /// <summary>The mean norm above a cut-off over that below it; NaN where one side is empty.</summary>
    public double Ratio(double cutoff)
    {
        int first = FirstAbove(cutoff);
        if (first == 0 || first == _sorted.Length) return double.NaN;
        return TensorPrimitives.Average<double>(_sorted.AsSpan(first)) / TensorPrimitives.Average<double>(_sorted.AsSpan(0, first));
    }

    /// <summary>Skewness and excess kurtosis of the logarithms of the norms: 0 and 0 for a log-normal bulk without a second hump; NaN where norms do not differ.</summary>
    public (double Skewness, double ExcessKurtosis) Shape()
    {
        double[] logarithms = Logarithms();
        double mean = logarithms.Average(), square = 0, cube = 0, fourth = 0;
        foreach (double value in logarithms)
        {
            double d = value - mean;
            (square, cube, fourth) = (square + d * d, cube + d * d * d, fourth + d * d * d * d);
        }
        double variance = square / logarithms.Length;
        return (cube / logarithms.Length / Math.Pow(variance, 1.5), fourth / logarithms.Length / (variance * variance) - 3);
    }

    /// <summary>The largest gap between neighbouring logarithms of norms among the top tenth: its size, the norm below it, and the share of patches above it.</summary>
    /// <returns>Two groups are stated where the gap is above ln 1.5 and holds 0.1 to 20 % of the patches above it.</returns>
    public (double Gap, double Norm, double ShareAbove, bool IsTwoGroups) LargestGap()
    {
        double[] logarithms = Logarithms();
        int best = Math.Max(1, (int)(0.9 * logarithms.Length));
        for (int index = best; index < logarithms.Length; index++)
        {
            if (logarithms[index] - logarithms[index - 1] > logarithms[best] - logarithms[best - 1]) best = index;
        }
        if (logarithms.Length < 2 || best >= logarithms.Length) return (0, _sorted[^1], 0, false);
        double gap = logarithms[best] - logarithms[best - 1], share = (double)(logarithms.Length - best) / logarithms.Length;
        return (gap, _sorted[best - 1], share, gap > LeastGap && share is >= 0.001 and <= 0.2);
    }

    private double[] Logarithms() => [.. _sorted.Select(norm => Math.Log(Math.Max(norm, float.Epsilon)))];

    private static int CountAbove(ReadOnlySpan<float> norms, double cutoff)
    {
        int count = 0;
        foreach (float norm in norms) count += norm > cutoff ? 1 : 0;
        return count;
    }

    private int FirstAbove(double norm)
    {
        int low = 0, high = _sorted.Length;
        while (low < high)
        {
            int middle = low + (high - low) / 2;
            if (_sorted[middle] > norm) high = middle;
            else low = middle + 1;
        }
        return low;
    }
}
