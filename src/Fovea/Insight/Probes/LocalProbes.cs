namespace Fovea.Insight;

/// <summary>A measure of normal and of outlier test tokens; NaN where there is none.</summary>
/// <param name="Normal">Of tokens up to the cut-off.</param>
/// <param name="Outlier">Of tokens above it.</param>
/// <param name="NormalCount">How many.</param>
/// <param name="OutlierCount">How many.</param>
internal sealed record ByNorm(double Normal, double Outlier, int NormalCount, int OutlierCount)
{
    /// <summary>Means over both groups.</summary>
    public static ByNorm Of(double[] values, bool[] isOutlier)
    {
        double[] outliers = [.. values.Where((_, index) => isOutlier[index])], normals = [.. values.Where((_, index) => !isOutlier[index])];
        return new(normals.Length == 0 ? double.NaN : normals.Average(), outliers.Length == 0 ? double.NaN : outliers.Average(), normals.Length, outliers.Length);
    }
}

/// <summary>
/// What single patch tokens know of where they are and what they show (Darcet et al. 2023, section 2.2): outliers know less of both. Pictures are split in halves:
/// every second one is for training.
/// </summary>
internal sealed record LocalProbes
{
    private const double PositionPenalty = 1e-4, PixelPenalty = 1e-3;

    /// <summary>The share of test tokens whose place in the grid is predicted exactly.</summary>
    public required ByNorm PositionAccuracy { get; init; }

    /// <summary>The mean distance, in patches, from the predicted place to the true one.</summary>
    public required ByNorm PositionDistance { get; init; }

    /// <summary>The mean norm of the error of the normalised pixels.</summary>
    public required ByNorm PixelError { get; init; }

    /// <summary>That error over the error of always predicting the mean patch.</summary>
    public required ByNorm RelativePixelError { get; init; }

    /// <summary>The accuracy of guessing the place.</summary>
    public required double Chance { get; init; }

    public required int TrainPictures { get; init; }

    public required int TestPictures { get; init; }

    public required int TrainTokens { get; init; }

    public required int TestTokens { get; init; }

    /// <summary>Fits both probes; null with fewer than two pictures.</summary>
    /// <param name="samples">The tokens of each picture.</param>
    /// <param name="isOutlier">Whether a sample is an outlier, [pictures][samples].</param>
    /// <param name="grid">Rows and columns.</param>
    /// <param name="cancellation">Ends it.</param>
    public static LocalProbes? Of(IReadOnlyList<TokenSamples> samples, IReadOnlyList<bool[]> isOutlier, PatchGrid grid, CancellationToken cancellation)
    {
        if (samples.Count < 2) return null;
        TokenSamples[] train = [.. samples.Where((_, picture) => picture % 2 == 0)], test = [.. samples.Where((_, picture) => picture % 2 == 1)];
        bool[] outliers = [.. isOutlier.Where((_, picture) => picture % 2 == 1).SelectMany(flags => flags)];
        float[][] trainTokens = [.. train.SelectMany(picture => picture.Tokens)], testTokens = [.. test.SelectMany(picture => picture.Tokens)];
        int[] places = [.. test.SelectMany(picture => picture.Patches)];
        int[] predicted = SoftmaxRegression.Fit(trainTokens, [.. train.SelectMany(picture => picture.Patches)], grid.Patches, PositionPenalty, cancellation).Predict(testTokens);
        double[] isRight = [.. predicted.Zip(places, (found, place) => found == place ? 1.0 : 0)];
        double[] distances = [.. predicted.Zip(places, (found, place) => double.Hypot(found / grid.Columns - place / grid.Columns, found % grid.Columns - place % grid.Columns))];
        (double[] errors, double[] means) = RidgeRegression.Fit(trainTokens, [.. train.SelectMany(picture => picture.Pixels)], PixelPenalty).Errors(testTokens, [.. test.SelectMany(picture => picture.Pixels)]);
        ByNorm error = ByNorm.Of(errors, outliers), mean = ByNorm.Of(means, outliers);
        return new LocalProbes
        {
            PositionAccuracy = ByNorm.Of(isRight, outliers),
            PositionDistance = ByNorm.Of(distances, outliers),
            PixelError = error,
            RelativePixelError = error with { Normal = error.Normal / mean.Normal, Outlier = error.Outlier / mean.Outlier },
            Chance = 1.0 / grid.Patches,
            TrainPictures = train.Length,
            TestPictures = test.Length,
            TrainTokens = trainTokens.Length,
            TestTokens = testTokens.Length,
        };
    }
}
