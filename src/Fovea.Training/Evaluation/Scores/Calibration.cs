using System.Numerics.Tensors;

namespace Fovea.Training.Evaluation;

/// <summary>Whether probabilities mean what they say: a prediction of 0.8 should be right four times in five (Guo et al. 2017).</summary>
/// <param name="ExpectedError">ECE: the mean gap between confidence and accuracy over the bins, weighted by their samples.</param>
/// <param name="LargestError">MCE: the largest gap of a bin.</param>
/// <param name="Brier">The mean over samples of the summed squared differences between probabilities and truth (Brier 1950), from 0 to 2.</param>
/// <param name="NegativeLogLikelihood">NLL: the mean of -ln of the true class's probability; infinite if one is 0.</param>
/// <param name="Bins">Bins of equal width over the confidence, from 0 to 1.</param>
internal sealed record Calibration(double ExpectedError, double LargestError, double Brier, double NegativeLogLikelihood, IReadOnlyList<Calibration.Bin> Bins)
{
    /// <summary>The usual number of bins.</summary>
    public const int DefaultBins = 15;

    /// <summary>Samples whose largest probability lies in (b / bins, (b + 1) / bins].</summary>
    /// <param name="Count">Samples.</param>
    /// <param name="Accuracy">The share of them that is right; null without samples.</param>
    /// <param name="Confidence">The mean of their largest probabilities; null without samples.</param>
    internal sealed record Bin(int Count, double? Accuracy, double? Confidence);

    /// <summary>Measures.</summary>
    /// <param name="probabilities">[samples, classes], each row summing to 1.</param>
    /// <param name="labels">True classes; one beyond the classes counts as probability 0.</param>
    /// <param name="classes">Numbers in a row.</param>
    /// <param name="bins">How many.</param>
    public static Calibration Of(ReadOnlySpan<double> probabilities, IReadOnlyList<int> labels, int classes, int bins = DefaultBins)
    {
        int[] counts = new int[bins], right = new int[bins];
        double[] confidences = new double[bins];
        double brier = 0, likelihood = 0;
        for (int sample = 0; sample < labels.Count; sample++)
        {
            ReadOnlySpan<double> row = probabilities.Slice(sample * classes, classes);
            int predicted = ClassScores.IndexOfLargest(row), bin = BinOf(row[predicted], bins);
            double truth = labels[sample] < classes ? row[labels[sample]] : 0;
            counts[bin]++;
            confidences[bin] += row[predicted];
            if (predicted == labels[sample]) right[bin]++;
            brier += TensorPrimitives.SumOfSquares(row) + 1 - 2 * truth;
            likelihood -= Math.Log(truth);
        }
        Bin[] filled = [.. counts.Select((count, bin) => count == 0 ? new Bin(0, null, null) : new Bin(count, (double)right[bin] / count, confidences[bin] / count))];
        double[] gaps = [.. filled.Select(bin => bin.Count == 0 ? 0 : Math.Abs(bin.Accuracy!.Value - bin.Confidence!.Value))];
        return new(filled.Zip(gaps, (bin, gap) => bin.Count * gap).Sum() / labels.Count, gaps.Max(), brier / labels.Count, likelihood / labels.Count, filled);
    }

    // The bounds are quotients in double: 3/15 is not 0.2 + 1e-17.
    private static int BinOf(double confidence, int bins)
    {
        int bin = Math.Clamp((int)Math.Ceiling(confidence * bins) - 1, 0, bins - 1);
        while (bin > 0 && confidence <= (double)bin / bins) bin--;
        while (bin < bins - 1 && confidence > (bin + 1.0) / bins) bin++;
        return bin;
    }
}
