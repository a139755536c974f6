using Fovea.Training.Data;
using Fovea.Training.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Training.Runs.Probes;

/// <summary>Features that a network gives to samples of a set through a model's own transform: nothing is left to chance.</summary>
/// <param name="pictures">The set.</param>
/// <param name="transform">From pixels to what the network sees.</param>
/// <param name="device">Where the network lives.</param>
internal sealed class SampleFeatures(IPictureSet pictures, ImageTransform transform, Device device)
{
    /// <summary>Blocks of `avg4`.</summary>
    private const int LastBlocks = 4;

    private readonly SampleBatches _batches = new(pictures, transform);

    /// <summary>Features, without gradient.</summary>
    /// <param name="network">Any network of the transform's size.</param>
    /// <param name="samples">Which samples; those that cannot be decoded are left out.</param>
    /// <param name="wantsLastFour">Whether `avg4` is wanted: the patch means of the last four blocks, each after the final norm.</param>
    /// <param name="skipped">Told of what cannot be decoded; null: nobody.</param>
    /// <param name="cancellation">Looked at between batches.</param>
    public FoundFeatures Of(VitModule network, IReadOnlyList<int> samples, bool wantsLastFour = false, Action<SkippedImage>? skipped = null, CancellationToken cancellation = default)
    {
        int width = network.Network.Config.Width;
        List<float> embeddings = new(samples.Count * width), lastFour = new(wantsLastFour ? samples.Count * width * LastBlocks : 0);
        List<int> decoded = new(samples.Count);
        foreach (SampleBatch batch in _batches.Of(samples, skipped, cancellation))
        {
            decoded.AddRange(batch.Samples);
            using DisposeScope scope = NewDisposeScope();
            using IDisposable frozen = no_grad();
            Tensor images = tensor(batch.Pixels, batch.Shape).to(device);
            List<Tensor> means = [];
            Tensor tokens = network.Encode(images, afterBlock: (block, x) =>
            {
                if (wantsLastFour && block >= network.Blocks.Count - LastBlocks) means.Add(network.Patches(network.Normalise(x)).mean([1]));
            });
            embeddings.AddRange(Values(network.Embed(tokens)));
            if (wantsLastFour) lastFour.AddRange(Values(cat([.. means], 1)));
        }
        return new FoundFeatures([.. embeddings], [.. lastFour], decoded);
    }

    private static float[] Values(Tensor features) => features.to(ScalarType.Float32).cpu().contiguous().data<float>().ToArray();
}

/// <summary>Features of samples.</summary>
/// <param name="Embeddings">`avg`: what the head would see, [samples, width] row-major.</param>
/// <param name="LastFour">`avg4`, [samples, 4 * width], or nothing.</param>
/// <param name="Samples">The samples that they belong to.</param>
internal sealed record FoundFeatures(float[] Embeddings, float[] LastFour, IReadOnlyList<int> Samples);
