using static TorchSharp.torch;

namespace Fovea.Training.Tasks;

/// <summary>
/// Embeddings that never change, since the body is frozen and pictures come as they are: each is computed once. Every picture is computed by itself, so that
/// its numbers depend neither on its neighbours in a batch nor on when the run was interrupted.
/// </summary>
/// <param name="model">The network.</param>
/// <param name="mostBytes">Bytes of embeddings that may stay in memory; the others are computed each time.</param>
internal sealed class FrozenEmbeddings(ClassifierModel model, long mostBytes)
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
        int width = model.Network.Config.Width;
        float[] embeddings = new float[samples.Count * width];
        long[] unknown = [.. Enumerable.Range(0, samples.Count).Where(picture => !_kept.ContainsKey(samples[picture]))];
        float[][] computed = unknown.Length == 0 ? [] : model.EmbedEach(images.index_select(0, tensor(unknown).to(images.device)));
        for (int index = 0; index < unknown.Length; index++)
        {
            computed[index].CopyTo(embeddings.AsSpan((int)unknown[index] * width));
            if ((_kept.Count + 1L) * (sizeof(float) * width + Overhead) <= mostBytes) _kept[samples[(int)unknown[index]]] = computed[index];
        }
        for (int picture = 0; picture < samples.Count; picture++)
        {
            if (_kept.TryGetValue(samples[picture], out float[]? values)) values.CopyTo(embeddings.AsSpan(picture * width));
        }
        return tensor(embeddings, [samples.Count, width]).to(images.device);
    }
}
