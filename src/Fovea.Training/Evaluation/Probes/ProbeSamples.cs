using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Training.Evaluation;

/// <summary>Training samples as a solver reads them: features and labels as tensors, and the features' mean and covariance. Memory of the features is shared, not copied.</summary>
internal sealed class ProbeSamples : IDisposable
{
    private const double Epsilon = 1e-6;                                      // added to the variance, as batch norm in front of probes has it

    private readonly Tensor _features, _labels;

    /// <param name="features">[samples, width].</param>
    /// <param name="labels">[samples], each from 0.</param>
    public ProbeSamples(FeatureMatrix features, IReadOnlyList<int> labels)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable mode = inference_mode();
        (Count, Width) = (features.Rows, features.Width);
        _features = features.ToTensor().DetachFromDisposeScope();
        _labels = tensor(labels.Select(label => (long)label).ToArray(), [Count, 1]).DetachFromDisposeScope();
        Tensor mean = zeros(Width, float64);
        ForEachBlock((rows, _) => mean.add_(rows.sum(dim: 0)));
        mean.div_(Count);
        Tensor covariance = zeros(Width, Width, float64);
        ForEachBlock((rows, _) =>
        {
            Tensor centred = rows - mean;
            covariance.addmm_(centred.t(), centred, 1, 1);
        });
        Mean = mean.DetachFromDisposeScope();
        Covariance = covariance.div_(Count).DetachFromDisposeScope();
    }

    /// <summary>Samples.</summary>
    public int Count { get; }

    /// <summary>Features of each.</summary>
    public int Width { get; }

    /// <summary>[width], float64.</summary>
    public Tensor Mean { get; }

    /// <summary>[width, width], float64, divided by the number of samples.</summary>
    public Tensor Covariance { get; }

    /// <summary>What each feature is multiplied with: [width], float64.</summary>
    public Tensor Factor(ProbeScaling scaling) => scaling == ProbeScaling.None ? ones(Width, float64) : (Covariance.diagonal() + Epsilon).rsqrt();

    /// <summary>Hands out all samples in order, some at a time, so that float32 features are never there twice: [rows, width] in float64 and labels [rows, 1]. What is made within is given back after it.</summary>
    public void ForEachBlock(Action<Tensor, Tensor> use)
    {
        foreach (RowBlock block in RowBlock.CoverWide(Count, Width))
        {
            using DisposeScope scope = NewDisposeScope();
            use(_features.narrow(0, block.First, block.Count).to(float64), _labels.narrow(0, block.First, block.Count));
        }
    }

    public void Dispose()
    {
        _features.Dispose();
        _labels.Dispose();
        Mean.Dispose();
        Covariance.Dispose();
    }
}
