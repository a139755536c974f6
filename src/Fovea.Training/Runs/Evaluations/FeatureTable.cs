using Fovea.Images;
using Fovea.Training.Data;
using Fovea.Training.Evaluation;
using Fovea.Training.Networks;
using Fovea.Training.Runs.Probes;
using TorchSharp;

namespace Fovea.Training.Runs.Evaluations;

/// <summary>Features of a labelled training and a labelled test set, by a network or by nobody.</summary>
internal sealed class FeatureTable : IDisposable
{
    private readonly IndexedPictures _train;
    private readonly IndexedPictures _test;

    /// <param name="train">SOURCE to learn from.</param>
    /// <param name="test">SOURCE to measure on.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <exception cref="ImageException">A source names no pictures.</exception>
    /// <exception cref="TrainingDataException">Folders give no labels.</exception>
    public FeatureTable(string train, string test, CancellationToken cancellation)
    {
        IReadOnlyList<DataSource> trainSource = DataSource.Parse([train], SourceUse.Training), testSource = DataSource.Parse([test], SourceUse.Test);
        _train = IndexedPictures.Open(trainSource, new IndexOptions { LabelsFolders = Directory.Exists(trainSource[0].Path) }, cancellation);
        _test = IndexedPictures.Open(testSource, new IndexOptions { LabelsFolders = Directory.Exists(testSource[0].Path), Classes = _train.Index.Classes.Count > 0 ? _train.Index.Classes : null }, cancellation);
    }

    /// <summary>What is measured, for people: both sources with their splits and counts.</summary>
    public IEnumerable<string> Sources => _train.Sources.Concat(_test.Sources).Select(source => System.FormattableString.Invariant($"{source.Name}: {source.Pictures:N0} pictures"));

    /// <summary>Features of a network: `avg`, and `avg4` where it is wanted and the network has four blocks.</summary>
    public IReadOnlyList<(FeatureSet Train, FeatureSet Test)> Of(VitModule network, ImageTransform transform, bool wantsLastFour, Action<SkippedImage> skipped, CancellationToken cancellation)
    {
        wantsLastFour &= network.Blocks.Count >= 4;
        FoundFeatures train = Read(_train), test = Read(_test);
        List<(FeatureSet, FeatureSet)> sets = [(Set("avg", _train, train.Embeddings, train.Samples), Set("avg", _test, test.Embeddings, test.Samples))];
        if (wantsLastFour) sets.Add((Set("avg4", _train, train.LastFour, train.Samples), Set("avg4", _test, test.LastFour, test.Samples)));
        return sets;

        FoundFeatures Read(IndexedPictures pictures) =>
            new SampleFeatures(pictures, transform, torch.CPU).Of(network, [.. Enumerable.Range(0, pictures.Count)], wantsLastFour, skipped, cancellation);
    }

    /// <summary>Embeddings of an encoder that is no torch network: an `.onnx` file.</summary>
    public (FeatureSet Train, FeatureSet Test) Of(ImageEncoder encoder, CancellationToken cancellation)
    {
        ImageTransform transform = encoder.Transform;
        return Each("avg", encoder.Width, Describe, cancellation);

        void Describe(RgbImage picture, Span<float> target)
        {
            float[] values = new float[transform.Channels.Channels * transform.Size.Height * transform.Size.Width];
            transform.Apply(picture, values);
            encoder.Embed(new ImageTensor(new TensorShape(1, transform.Channels.Channels, transform.Size.Height, transform.Size.Width), values)).CopyTo(target);
        }
    }

    /// <summary>The floor: pixels of a small copy, less their mean.</summary>
    public (FeatureSet Train, FeatureSet Test) OfPixels(CancellationToken cancellation) => Each(
        "pixels", 3 * PixelFeatures.DefaultSize.Height * PixelFeatures.DefaultSize.Width, (picture, target) => PixelFeatures.Describe(picture, PixelFeatures.DefaultSize, target), cancellation);

    public void Dispose()
    {
        _train.Dispose();
        _test.Dispose();
    }

    private (FeatureSet Train, FeatureSet Test) Each(string feature, int width, Action<RgbImage, Span<float>> describe, CancellationToken cancellation)
    {
        return (Read(_train), Read(_test));

        FeatureSet Read(IndexedPictures pictures)
        {
            float[] features = new float[pictures.Count * width];
            bool[] isUsable = new bool[pictures.Count];
            Parallel.For(0, pictures.Count, new ParallelOptions { CancellationToken = cancellation }, sample =>
            {
                try
                {
                    using RgbImage picture = pictures.Open(sample);
                    describe(picture, features.AsSpan(sample * width, width));
                    isUsable[sample] = true;
                }
                catch (ImageException)
                {
                    // Left out, as for every other model, which lists it.
                }
            });
            int[] used = [.. Enumerable.Range(0, pictures.Count).Where(sample => isUsable[sample])];
            return Set(feature, pictures, used.Length == pictures.Count ? features : [.. used.SelectMany(sample => features.AsSpan(sample * width, width).ToArray())], used);
        }
    }

    private static FeatureSet Set(string feature, IndexedPictures pictures, float[] features, IReadOnlyList<int> samples) => new(
        new FeatureMatrix(features, features.Length / Math.Max(1, samples.Count)),
        [.. samples.Select(sample => pictures.LabelOf(sample) ?? FeatureSet.Unlabelled)],
        pictures.Index.Classes,
        [.. samples.Select(pictures.NameOf)])
    { Feature = feature };
}
