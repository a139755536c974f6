using Fovea.Images;
using Fovea.Training.Data;
using Fovea.Training.Networks;
using Fovea.Training.Randomness;
using Fovea.Training.Runs.Recipes;
using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Training.Runs.Probes;

/// <summary>The embeddings that a network in training gives to samples of a set, resized as a whole: nothing is left to chance.</summary>
/// <param name="pictures">The set.</param>
/// <param name="encoder">Picture size and channels.</param>
/// <param name="device">Where the network lives.</param>
internal sealed class SampleFeatures(IPictureSet pictures, EncoderRecipe encoder, Device device)
{
    private const int Batch = 64;

    private readonly Augmenter _resize = new(AugmentationRecipe.Birder(encoder.ImageSize, level: 0) with { Channels = encoder.Channels });

    /// <summary>Embeddings, without gradient.</summary>
    /// <param name="network">Any network of the encoder's shape.</param>
    /// <param name="samples">Which samples; those that cannot be decoded are left out.</param>
    /// <returns>[decoded, width] row-major, and the samples that they belong to.</returns>
    public (float[] Features, IReadOnlyList<int> Samples) Of(VitModule network, IReadOnlyList<int> samples)
    {
        int width = network.Network.Config.Width;
        List<float> features = new(samples.Count * width);
        List<int> decoded = new(samples.Count);
        foreach (int[] chunk in samples.Chunk(Batch))
        {
            (float[] pixels, List<int> usable) = Decode(chunk);
            if (usable.Count == 0) continue;
            decoded.AddRange(usable);
            using DisposeScope scope = NewDisposeScope();
            using IDisposable frozen = no_grad();
            Tensor images = tensor(pixels, [usable.Count, encoder.Channels.Channels, encoder.ImageSize.Height, encoder.ImageSize.Width]).to(device);
            features.AddRange(network.Embed(network.Encode(images)).to(ScalarType.Float32).cpu().contiguous().data<float>().ToArray());
        }
        return ([.. features], decoded);
    }

    private (float[] Pixels, List<int> Usable) Decode(int[] samples)
    {
        int length = _resize.Recipe.Length;
        float[] pixels = new float[samples.Length * length];
        bool[] isUsable = new bool[samples.Length];
        Parallel.For(0, samples.Length, index =>
        {
            try
            {
                using RgbImage picture = pictures.Open(samples[index]);
                RandomStream none = new(0, RandomPurpose.Augmentation);
                _resize.Apply(picture, ref none, pixels.AsSpan(index * length, length));
                isUsable[index] = true;
            }
            catch (ImageException)
            {
                // Training counts and lists it; here one picture fewer is looked at.
            }
        });
        List<int> usable = [];
        for (int index = 0; index < samples.Length; index++)
        {
            if (!isUsable[index]) continue;
            if (usable.Count < index) pixels.AsSpan(index * length, length).CopyTo(pixels.AsSpan(usable.Count * length));
            usable.Add(samples[index]);
        }
        return (usable.Count == samples.Length ? pixels : pixels[..(usable.Count * length)], usable);
    }
}
