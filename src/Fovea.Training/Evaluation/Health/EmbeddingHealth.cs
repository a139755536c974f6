using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Training.Evaluation;

/// <summary>Whether embeddings still tell pictures apart: to be watched while an encoder trains, since the loss does not show it.</summary>
/// <param name="Samples">Pictures measured.</param>
/// <param name="StandardDeviation">Of each feature over pictures (divided by n), then the mean over features: 0 when all pictures look the same.</param>
/// <param name="EffectiveRank">RankMe: directions that are used, up to the width.</param>
/// <param name="MeanCosine">Over all pairs of pictures: near 1 all look alike.</param>
internal sealed record EmbeddingHealth(int Samples, double StandardDeviation, double EffectiveRank, double MeanCosine)
{
    /// <summary>Measures embeddings.</summary>
    /// <param name="embeddings">[pictures, width], at least two pictures; any float type.</param>
    /// <exception cref="ArgumentException">Not two dimensions, or fewer than two pictures.</exception>
    public static EmbeddingHealth Of(Tensor embeddings)
    {
        if (embeddings.dim() != 2 || embeddings.shape[0] < 2)
        {
            throw new ArgumentException($"embeddings are [pictures, width] of at least 2 pictures; not [{string.Join(", ", embeddings.shape)}].", nameof(embeddings));
        }
        using DisposeScope scope = NewDisposeScope();
        using IDisposable mode = inference_mode();
        Tensor values = embeddings.to(float64);
        double deviation = (values - values.mean([0])).square().mean([0]).sqrt().mean().ToDouble();
        return new((int)values.shape[0], deviation, Evaluation.EffectiveRank.RankMe(values), Evaluation.MeanCosine.WithinGroups(values.unsqueeze(0)));
    }

    /// <summary>Measures the features of a set.</summary>
    /// <exception cref="ArgumentException">Fewer than two samples.</exception>
    public static EmbeddingHealth Of(FeatureSet set)
    {
        using DisposeScope scope = NewDisposeScope();
        return Of(set.Features.ToTensor());
    }
}
