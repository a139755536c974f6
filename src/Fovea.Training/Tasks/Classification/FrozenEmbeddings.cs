using Fovea.Training.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Training.Tasks;

/// <summary>
/// Embeddings that never change, since the body is frozen and pictures come as they are: each is computed once. Every picture is computed by itself, so that
/// its numbers depend neither on its neighbours in a batch nor on when the run was interrupted.
/// </summary>
/// <param name="module">The network.</param>
/// <param name="mostBytes">Bytes of embeddings that may stay in memory; the others are computed each time.</param>
internal sealed class FrozenEmbeddings(VitModule module, long mostBytes)
{
    // What a dictionary's entry and an array cost beside the numbers.
    private const int Overhead = 80;

    private readonly Dictionary<int, float[]> _kept = [];

    /// <summary>Embeddings that are kept.</summary>
    public int Kept => _kept.Count;

    /// <summary>[pictures, width], float32.</summary>
    /// <param name="images">[pictures, channels, height, width], normalised.</param>
    /// <param name="samples">Which sample each picture is.</param>
    public Tensor Of(Tensor images, IReadOnlyList<int> samples)
    {
        int width = module.Network.Config.Width;
        float[] embeddings = new float[samples.Count * width];
        for (int picture = 0; picture < samples.Count; picture++)
        {
            if (!_kept.TryGetValue(samples[picture], out float[]? values))
            {
                values = Compute(images, picture);
                if ((_kept.Count + 1L) * (sizeof(float) * width + Overhead) <= mostBytes) _kept[samples[picture]] = values;
            }
            values.CopyTo(embeddings.AsSpan(picture * width));
        }
        return tensor(embeddings, [samples.Count, width]).to(images.device);
    }

    private float[] Compute(Tensor images, int picture)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable frozen = no_grad();
        return module.Embed(module.Encode(images.narrow(0, picture, 1))).to(ScalarType.Float32).cpu().data<float>().ToArray();
    }
}
