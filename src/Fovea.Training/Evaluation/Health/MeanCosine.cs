using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Training.Evaluation;

/// <summary>The mean cosine similarity over all pairs of different vectors, without forming the pairs: the length of the sum of unit vectors tells it.</summary>
internal static class MeanCosine
{
    private const double Shortest = 1e-12;

    /// <summary>For each group of vectors, then the mean over groups.</summary>
    /// <param name="vectors">[groups, vectors, width], at least two vectors; any float type.</param>
    /// <returns>From -1 to 1: near 1 all are alike.</returns>
    /// <exception cref="ArgumentException">Not three dimensions, or one vector only.</exception>
    public static double WithinGroups(Tensor vectors)
    {
        if (vectors.dim() != 3 || vectors.shape[1] < 2)
        {
            throw new ArgumentException($"cosines of pairs take [groups, vectors, width] with at least 2 vectors; not [{string.Join(", ", vectors.shape)}].", nameof(vectors));
        }
        using DisposeScope scope = NewDisposeScope();
        using IDisposable mode = inference_mode();
        long count = vectors.shape[1];
        Tensor values = vectors.to(float64), squares = values.square().sum([2], keepdim: true);
        Tensor unit = values / squares.sqrt().clamp_min(Shortest);
        Tensor all = unit.sum([1]).square().sum([1]), selves = unit.square().sum([1, 2]);                     // [groups]; selves: 1 for each that is not zero
        return ((all - selves) / (count * (count - 1))).mean().ToDouble();
    }
}
