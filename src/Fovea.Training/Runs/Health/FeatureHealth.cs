namespace Fovea.Training.Runs.Health;

/// <summary>What held-out features tell about collapse beside their effective rank.</summary>
internal static class FeatureHealth
{
    /// <summary>
    /// The spread of features: each is scaled to length 1, then the standard deviation over pictures is taken in each channel, and their mean is multiplied by the root of the width.
    /// 1 when features point in all directions alike, 0 when all point in one. After Chen and He 2021 ("Exploring simple Siamese representation learning"), section 4.1.
    /// </summary>
    /// <param name="features">[pictures, width], row by row.</param>
    /// <param name="width">Numbers of a picture.</param>
    /// <returns>0 to 1; NaN for less than two pictures, or where a feature is not finite.</returns>
    /// <exception cref="ArgumentException">The features are no whole rows.</exception>
    public static double Deviation(ReadOnlySpan<float> features, int width)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        if (features.Length % width != 0) throw new ArgumentException($"{features.Length} numbers are no rows of {width}.", nameof(features));
        int pictures = features.Length / width;
        if (pictures < 2) return double.NaN;
        double[] sums = new double[width], squares = new double[width];
        for (int picture = 0; picture < pictures; picture++) AddUnit(features.Slice(picture * width, width), sums, squares);
        double deviations = 0;
        for (int channel = 0; channel < width; channel++)
        {
            double mean = sums[channel] / pictures;
            // Differences of rounded sums may fall below 0 by a hair where all features are equal.
            deviations += Math.Sqrt(Math.Max(0, squares[channel] / pictures - mean * mean));
        }
        return deviations / width * Math.Sqrt(width);
    }

    // A feature of zeros has no direction and adds nothing to the sums.
    private static void AddUnit(ReadOnlySpan<float> feature, Span<double> sums, Span<double> squares)
    {
        double length = 0;
        foreach (float value in feature) length += (double)value * value;
        if (length == 0) return;
        length = Math.Sqrt(length);
        for (int channel = 0; channel < feature.Length; channel++)
        {
            double unit = feature[channel] / length;
            sums[channel] += unit;
            squares[channel] += unit * unit;
        }
    }
}
