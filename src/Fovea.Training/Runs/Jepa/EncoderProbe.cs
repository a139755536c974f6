using Fovea.Images;
using Fovea.Training.Data;
using Fovea.Training.Evaluation;
using Fovea.Training.Pretraining;
using Fovea.Training.Runs.Health;
using Fovea.Training.Runs.Metrics;
using Fovea.Training.Runs.Probes;
using Fovea.Training.Runs.Recipes;
using Fovea.Training.Runs.Reports;
using Fovea.Training.Runs.Training;
using static TorchSharp.torch;

namespace Fovea.Training.Runs.Jepa;

/// <summary>
/// What the target encoder makes of fixed pictures while it is trained: spread and effective rank of its embeddings and, where the pictures have labels,
/// k-NN accuracy. The pictures looked at are those held out; without any, the first of the training set.
/// </summary>
internal sealed class EncoderProbe : IModelProbe
{
    private const int BankPictures = 5_000;
    private const int Voters = 20;

    private readonly JepaModel _model;
    private readonly IPictureSet _pictures;
    private readonly SampleFeatures _features;
    private readonly int[] _looked;
    private readonly int[] _bank;
    private float[] _lastFeatures = [];
    private IReadOnlyList<int> _lastSamples = [];

    /// <param name="model">The networks.</param>
    /// <param name="pictures">All pictures.</param>
    /// <param name="trainedOn">How many of them, from the first on, are trained on; the others are held out.</param>
    /// <param name="recipe">How many to look at.</param>
    public EncoderProbe(JepaModel model, IPictureSet pictures, int trainedOn, PretrainingRecipe recipe)
    {
        _model = model;
        _pictures = pictures;
        _features = new SampleFeatures(pictures, new ImageTransform(recipe.Encoder.ImageSize, recipe.Encoder.Channels), model.Trained.Values.device);
        bool holdsOut = trainedOn < pictures.Count;
        _looked = holdsOut ? Spread(trainedOn, pictures.Count, recipe.Run.HealthPictures) : Spread(0, trainedOn, recipe.Run.HealthPictures);
        bool hasLabels = holdsOut && _looked.All(sample => pictures.LabelOf(sample) is not null);
        _bank = hasLabels ? [.. Spread(0, trainedOn, BankPictures).Where(sample => pictures.LabelOf(sample) is not null)] : [];
    }

    /// <summary>How many pictures the last look took.</summary>
    public int Looked => _lastSamples.Count;

    /// <summary>The first pictures looked at, as the network sees them.</summary>
    public IEnumerable<ReportPicture> Inputs(int most) => _lastSamples.Take(most).Select(sample => Picture(sample, ReportPicture.LongestSide));

    /// <summary>For some of the pictures of the last look, those whose embeddings were most like theirs.</summary>
    public IReadOnlyList<NeighbourRow> Neighbours(int queries, int neighbours)
    {
        if (_lastSamples.Count <= neighbours) return [];
        FeatureMatrix features = new(_lastFeatures, _model.Network.Config.Width);
        NearestNeighbours nearest = NearestNeighbours.Search(features, features, neighbours, leavesOneOut: true, CancellationToken.None);
        return [.. Spread(0, _lastSamples.Count, queries).Select(query => new NeighbourRow(
            Picture(_lastSamples[query], RunReport.NeighbourSide),
            [.. Enumerable.Range(0, neighbours).Select(rank => (Picture(_lastSamples[nearest.Indices(query)[rank]], RunReport.NeighbourSide), (double)nearest.Similarities(query)[rank]))]))];
    }

    public IReadOnlyList<MetricValue> Look()
    {
        if (_looked.Length < 2) return [];
        int width = _model.Network.Config.Width;
        (float[] target, _, IReadOnlyList<int> samples) = _features.Of(_model.TargetEncoder, _looked);
        (float[] context, _, _) = _features.Of(_model.ContextEncoder, _looked);
        (_lastFeatures, _lastSamples) = (target, samples);
        if (samples.Count < 2) return [];
        List<MetricValue> figures =
        [
            KnownMetrics.FeatureDeviation.Of(FeatureHealth.Deviation(target, width)),
            KnownMetrics.RankMe.Of(Rank(target, width)),
            KnownMetrics.ContextRankMe.Of(Rank(context, width)),
        ];
        if (_bank.Length > 0) figures.Add(KnownMetrics.KnnTop1.Of(Knn(target, samples, width)));
        return figures;
    }

    private static double Rank(float[] features, int width)
    {
        using Tensor rows = tensor(features, [features.Length / width, width]);
        return EffectiveRank.RankMe(rows);
    }

    private double Knn(float[] queries, IReadOnlyList<int> samples, int width)
    {
        (float[] bank, _, IReadOnlyList<int> known) = _features.Of(_model.TargetEncoder, _bank);
        KnnReport report = KnnEvaluation.Evaluate(Set(bank, known, width), Set(queries, samples, width), new KnnOptions { Neighbours = [Voters] });
        return report.Results.First(result => result.Neighbours == Voters).Top1.Value;
    }

    private ReportPicture Picture(int sample, int longestSide)
    {
        using RgbImage picture = _pictures.Open(sample);
        return ReportPicture.Of(_pictures.NameOf(sample), picture, longestSide);
    }

    private FeatureSet Set(float[] features, IReadOnlyList<int> samples, int width) =>
        new(new FeatureMatrix(features, width), [.. samples.Select(sample => _pictures.LabelOf(sample)!.Value)], [], [.. samples.Select(_pictures.NameOf)]);

    // So many samples at equal distances: sets are often sorted by class.
    private static int[] Spread(int first, int end, int most)
    {
        int count = Math.Min(most, end - first);
        return [.. Enumerable.Range(0, count).Select(index => first + (int)((long)index * (end - first) / count))];
    }
}
