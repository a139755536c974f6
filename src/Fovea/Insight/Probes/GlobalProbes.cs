using Fovea.Numerics;

namespace Fovea.Insight;

/// <summary>How well a linear classifier does on one token of each picture.</summary>
/// <param name="Token">Which.</param>
/// <param name="Accuracy">On the test half, 0 to 1.</param>
/// <param name="Low">Of the Wilson interval of 95 %.</param>
/// <param name="High">Of that interval.</param>
/// <param name="Train">Pictures learned from.</param>
/// <param name="Test">Pictures measured on.</param>
/// <param name="Penalty">Chosen on a fifth of the training half.</param>
/// <param name="IsSubset">Whether only pictures that have an outlier took part.</param>
internal sealed record TokenAccuracy(string Token, double Accuracy, double Low, double High, int Train, int Test, double Penalty, bool IsSubset);

/// <summary>
/// Which token knows what the picture shows (Darcet et al. 2023, table 1): a logistic regression on one token a picture, for each kind of token. The same pictures
/// are for training in every row: every second one.
/// </summary>
internal static class GlobalProbes
{
    /// <summary>A random patch of usual norm.</summary>
    public const string Normal = "random normal patch";

    /// <summary>A random patch of unusual norm.</summary>
    public const string Outlier = "random outlier patch";

    private const int FewestPictures = 10;
    private static readonly double[] Penalties = [1e-4, 1e-3, 1e-2, 1e-1];

    /// <summary>Fits a classifier for each kind of token; empty with fewer than ten labelled pictures or one class.</summary>
    public static IReadOnlyList<TokenAccuracy> Of(IReadOnlyList<(PictureVectors Vectors, long Label)> pictures, double cutoff, int seed, CancellationToken cancellation)
    {
        long[] classes = [.. pictures.Select(picture => picture.Label).Distinct().Order()];
        if (pictures.Count < FewestPictures || classes.Length < 2) return [];
        Random random = new(seed);
        NumberedVectors[] all = [.. pictures.Select((picture, number) =>
        {
            Dictionary<string, float[]> vectors = new(picture.Vectors.Named);
            if (picture.Vectors.Normal(cutoff) is { } normal) vectors[Normal] = normal;
            if (picture.Vectors.Outlier(cutoff, random) is { } outlier) vectors[Outlier] = outlier;
            return new NumberedVectors(number, vectors, Array.BinarySearch(classes, picture.Label));
        })];
        string[] tokens = [.. all.SelectMany(picture => picture.Vectors.Keys).Distinct().Where(token => token != Outlier)];
        List<TokenAccuracy> rows = [.. tokens.Select(token => Fit(token, [.. all.Where(picture => picture.Vectors.ContainsKey(token))], classes.Length, isSubset: false, cancellation)).OfType<TokenAccuracy>()];
        NumberedVectors[] subset = [.. all.Where(picture => picture.Vectors.ContainsKey(Outlier))];
        if (subset.Length >= FewestPictures) rows.AddRange(tokens.Append(Outlier).Select(token => Fit(token, [.. subset.Where(picture => picture.Vectors.ContainsKey(token))], classes.Length, isSubset: true, cancellation)).OfType<TokenAccuracy>());
        return rows;
    }

    private static TokenAccuracy? Fit(string token, NumberedVectors[] pictures, int classes, bool isSubset, CancellationToken cancellation)
    {
        // By the picture's number, not by the place in this row: a picture that lacks a token must not move others to the other half.
        (float[] Vector, int Label)[] train = Half(0), test = Half(1);
        if (train.Length < 5 || test.Length == 0) return null;
        (float[] Vector, int Label)[] fitted = [.. train.Where((_, number) => number % 5 != 4)], held = [.. train.Where((_, number) => number % 5 == 4)];
        double penalty = Penalties.MaxBy(candidate => Right(fitted, held, classes, candidate, cancellation));
        int right = Right(train, test, classes, penalty, cancellation);
        (double low, double high) = WilsonInterval.Of(right, test.Length);
        return new(token, (double)right / test.Length, low, high, train.Length, test.Length, penalty, isSubset);

        (float[] Vector, int Label)[] Half(int remainder) => [.. pictures.Where(picture => picture.Number % 2 == remainder).Select(picture => (picture.Vectors[token], picture.Label))];
    }

    private static int Right((float[] Vector, int Label)[] train, (float[] Vector, int Label)[] test, int classes, double penalty, CancellationToken cancellation) =>
        SoftmaxRegression.Fit([.. train.Select(row => row.Vector)], [.. train.Select(row => row.Label)], classes, penalty, cancellation)
            .Predict([.. test.Select(row => row.Vector)]).Zip(test, (found, row) => found == row.Label).Count(isRight => isRight);

    private sealed record NumberedVectors(int Number, Dictionary<string, float[]> Vectors, int Label);
}
