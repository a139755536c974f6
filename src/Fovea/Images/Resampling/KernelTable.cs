namespace Fovea.Images;

/// <summary>For each output position of one axis: the first input sample and the fixed-point weights of those that follow.</summary>
/// <remarks>
/// Computed in double precision as the reference does it: windows are cut at the border and normalised before rounding, not after.
/// Immutable, so it may be shared and kept.
/// </remarks>
internal sealed class KernelTable
{
    // Pillow: 32 bits less 8 of a sample less 2 for negative lobes.
    private const int PillowFractionBits = 32 - 8 - 2;

    private readonly Lazy<KernelPairs> _pairs;
    private readonly int[] _firsts;
    private readonly int[] _counts;
    private readonly int[] _weights;                                           // [outputs, stride]
    private readonly int _stride;

    private KernelTable(double[] weights, int[] firsts, int[] counts, int fractionBits)
    {
        FractionBits = fractionBits;
        FirstInput = firsts.Min();
        InputCount = firsts.Zip(counts, (first, count) => first + count).Max() - FirstInput;
        _firsts = firsts;
        _counts = counts;
        _stride = weights.Length / firsts.Length;
        _weights = [.. weights.Select(weight => FixedPoint(weight, fractionBits))];
        _pairs = new Lazy<KernelPairs>(() => KernelPairs.Create(this));
    }

    public int Outputs => _firsts.Length;

    /// <summary>The first input sample that has a weight: 0 unless outputs are cropped away.</summary>
    public int FirstInput { get; }

    /// <summary>How many input samples from there on are used.</summary>
    public int InputCount { get; }

    /// <summary>The weight 1 is 2 to this power.</summary>
    public int FractionBits { get; }

    /// <summary>What sums begin with, so that the final shift rounds half up.</summary>
    public int Half => 1 << (FractionBits - 1);

    /// <summary>The most weights that any output has.</summary>
    public int MostTaps => _stride;

    /// <summary>The same weights for vectors.</summary>
    public KernelPairs Pairs => _pairs.Value;

    /// <summary>The first sample of an output, counted from <see cref="FirstInput"/>.</summary>
    public int First(int output) => _firsts[output] - FirstInput;

    public ReadOnlySpan<int> Weights(int output) => _weights.AsSpan(output * _stride, _counts[output]);

    /// <summary>The table of one axis.</summary>
    /// <param name="inputs">Samples of the axis.</param>
    /// <param name="range">The resized axis and what is wanted of it.</param>
    /// <param name="filter">How samples are weighted.</param>
    public static KernelTable Create(int inputs, OutputRange range, ResampleFilter filter)
    {
        double scale = (double)inputs / range.Outputs;
        double filterScale = Math.Max(scale, 1.0);
        double support = filter.Support() * filterScale;
        double inverse = 1.0 / filterScale;
        int[] firsts = new int[range.Count];
        int[] counts = new int[range.Count];
        for (int output = 0; output < range.Count; output++)
        {
            double center = (range.First + output + 0.5) * scale;
            firsts[output] = Math.Max((int)(center - support + 0.5), 0);
            counts[output] = Math.Min((int)(center + support + 0.5), inputs) - firsts[output];
        }
        int stride = counts.Max();
        double[] weights = new double[checked(range.Count * stride)];
        for (int output = 0; output < range.Count; output++)
        {
            double center = (range.First + output + 0.5) * scale;
            Span<double> window = weights.AsSpan(output * stride, counts[output]);
            for (int tap = 0; tap < window.Length; tap++) window[tap] = filter.At((tap + firsts[output] - center + 0.5) * inverse);
            Normalise(window);
        }
        return new(weights, firsts, counts, filter.IsTensor() ? TensorFractionBits(weights) : PillowFractionBits);
    }

    // A division each, not a product with the inverse; the sum in ascending order.
    private static void Normalise(Span<double> window)
    {
        double sum = 0;
        foreach (double weight in window) sum += weight;
        if (sum == 0) return;
        foreach (ref double weight in window) weight /= sum;
    }

    /// <summary>As many bits as let the largest weight of the axis fit 16 bits with its sign.</summary>
    private static int TensorFractionBits(double[] weights)
    {
        double largest = Math.Max(0, weights.Max());
        int bits = 0;
        while (bits < 22 && (int)(0.5 + largest * (1 << (bits + 1))) < 1 << 15) bits++;
        return bits;
    }

    private static int FixedPoint(double weight, int bits) => (int)((weight < 0 ? -0.5 : 0.5) + weight * (1 << bits));
}
