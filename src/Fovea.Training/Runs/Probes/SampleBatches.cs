using Fovea.Images;
using Fovea.Training.Data;

namespace Fovea.Training.Runs.Probes;

/// <summary>Samples of a set through a model's own transform, some at a time: nothing is left to chance.</summary>
/// <param name="pictures">The set.</param>
/// <param name="transform">From pixels to what the network sees.</param>
internal sealed class SampleBatches(IPictureSet pictures, ImageTransform transform)
{
    private const int Batch = 64;

    private readonly int _length = transform.Channels.Channels * transform.Size.Height * transform.Size.Width;

    /// <summary>All of them, in order; those that cannot be decoded are left out.</summary>
    /// <param name="samples">Which.</param>
    /// <param name="skipped">Told of what cannot be decoded; null: nobody.</param>
    /// <param name="cancellation">Looked at between batches.</param>
    public IEnumerable<SampleBatch> Of(IReadOnlyList<int> samples, Action<SkippedImage>? skipped = null, CancellationToken cancellation = default)
    {
        foreach (int[] chunk in samples.Chunk(Batch))
        {
            cancellation.ThrowIfCancellationRequested();
            SampleBatch batch = Decode(chunk, skipped);
            if (batch.Samples.Count > 0) yield return batch;
        }
    }

    private SampleBatch Decode(int[] samples, Action<SkippedImage>? skipped)
    {
        float[] pixels = new float[samples.Length * _length];
        ImageException?[] failures = new ImageException?[samples.Length];
        Parallel.For(0, samples.Length, index =>
        {
            try
            {
                using RgbImage picture = pictures.Open(samples[index]);
                transform.Apply(picture, pixels.AsSpan(index * _length, _length));
            }
            catch (ImageException failure)
            {
                failures[index] = failure;
            }
        });
        List<int> usable = [];
        for (int index = 0; index < samples.Length; index++)
        {
            if (failures[index] is { } failure)
            {
                skipped?.Invoke(new SkippedImage(pictures.NameOf(samples[index]), failure));
                continue;
            }
            if (usable.Count < index) pixels.AsSpan(index * _length, _length).CopyTo(pixels.AsSpan(usable.Count * _length));
            usable.Add(samples[index]);
        }
        return new SampleBatch(usable.Count == samples.Length ? pixels : pixels[..(usable.Count * _length)], [usable.Count, transform.Channels.Channels, transform.Size.Height, transform.Size.Width], usable);
    }
}

/// <summary>Some samples as a network sees them.</summary>
/// <param name="Pixels">[pictures, channels, height, width], normalised.</param>
/// <param name="Shape">Those four numbers.</param>
/// <param name="Samples">Which samples they are.</param>
internal sealed record SampleBatch(float[] Pixels, long[] Shape, IReadOnlyList<int> Samples);
