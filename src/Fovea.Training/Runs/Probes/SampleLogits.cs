using Fovea.Training.Data;
using Fovea.Training.Networks;
using Fovea.Training.Tasks;
using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Training.Runs.Probes;

/// <summary>What a classifier says of samples of a set, through its own transform.</summary>
/// <param name="pictures">The set.</param>
/// <param name="transform">From pixels to what the network sees.</param>
/// <param name="device">Where the network lives.</param>
internal sealed class SampleLogits(IPictureSet pictures, ImageTransform transform, Device device)
{
    private readonly SampleBatches _batches = new(pictures, transform);

    /// <summary>Logits, without gradient.</summary>
    /// <param name="network">With a head.</param>
    /// <param name="samples">Which samples; those that cannot be decoded are left out.</param>
    /// <param name="skipped">Told of what cannot be decoded; null: nobody.</param>
    /// <param name="cancellation">Looked at between batches.</param>
    /// <returns>[samples, classes], row by row, and the samples that they belong to.</returns>
    public (List<float> Logits, List<int> Samples) Of(VitModule network, IReadOnlyList<int> samples, Action<SkippedImage>? skipped = null, CancellationToken cancellation = default)
    {
        List<float> logits = new(samples.Count * network.Network.Classes);
        List<int> decoded = new(samples.Count);
        foreach (SampleBatch batch in _batches.Of(samples, skipped, cancellation))
        {
            using DisposeScope scope = NewDisposeScope();
            logits.AddRange(ClassifierModel.Logits(network, tensor(batch.Pixels, batch.Shape).to(device)).cpu().contiguous().data<float>().ToArray());
            decoded.AddRange(batch.Samples);
        }
        return (logits, decoded);
    }
}
