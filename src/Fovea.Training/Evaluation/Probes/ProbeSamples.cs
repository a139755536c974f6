using Fovea.Training.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Training.Evaluation;

/// <summary>Training samples as a solver reads them: features and labels as tensors, and the features' mean and covariance. Memory of the features is shared, not copied.</summary>
internal sealed class ProbeSamples : IDisposable
{
    private const double Epsilon = 1e-6;                                      // added to the variance, as batch norm in front of probes has it

    private readonly Tensor _features, _labels;
    private readonly RowBlock[] _blocks;

    /// <param name="features">[samples, width].</param>
    /// <param name="labels">[samples], each from 0.</param>
    public ProbeSamples(FeatureMatrix features, IReadOnlyList<int> labels)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable mode = inference_mode();
        (Count, Width, _blocks) = (features.Rows, features.Width, [.. RowBlock.CoverWide(features.Rows, features.Width)]);
        _features = features.ToTensor().DetachFromDisposeScope();
        _labels = tensor(labels.Select(label => (long)label).ToArray(), [Count, 1]).DetachFromDisposeScope();
        Tensor mean = Sum((rows, _) => [rows.sum(dim: 0)])[0].OverInPlace(Count);
        Tensor covariance = Sum((rows, _) =>
        {
            Tensor centred = rows.MinusInPlace(mean);
            return [centred.t().matmul(centred)];
        })[0].OverInPlace(Count);
        (Mean, Covariance) = (mean.DetachFromDisposeScope(), covariance.DetachFromDisposeScope());
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
    public Tensor Factor(ProbeScaling scaling) => scaling == ProbeScaling.None ? ones(Width, float64) : Covariance.diagonal().Plus(Epsilon).rsqrt();

    /// <summary>
    /// Adds up what is made of all samples, some at a time, so that float32 features are never there twice in double. The order of additions depends on the
    /// number of cores, and on nothing else.
    /// </summary>
    /// <param name="terms">Makes terms of features [rows, width] in float64, which it may overwrite, and labels [rows, 1]. Called from several threads.</param>
    /// <returns>The sum of each term.</returns>
    public Tensor[] Sum(Func<Tensor, Tensor, Tensor[]> terms)
    {
        Tensor[][] sums = new Tensor[Math.Min(Environment.ProcessorCount, _blocks.Length)][];
        SingleCoreThreads.Run(sums.Length, (thread, threads) =>
        {
            using IDisposable mode = inference_mode();
            for (int block = thread; block < _blocks.Length; block += threads)
            {
                using DisposeScope scope = NewDisposeScope();
                (int first, int count) = _blocks[block];
                Tensor[] some = terms(_features.narrow(0, first, count).to(float64, copy: true), _labels.narrow(0, first, count));
                if (block == thread) sums[thread] = [.. some.Select(term => term.DetachFromDisposeScope())];
                else foreach ((Tensor sum, Tensor term) in sums[thread].Zip(some)) sum.PlusInPlace(term);
            }
        });
        return [.. Enumerable.Range(0, sums[0].Length).Select(term => Add([.. sums.Select(sum => sum[term])]))];
    }

    public void Dispose()
    {
        _features.Dispose();
        _labels.Dispose();
        Mean.Dispose();
        Covariance.Dispose();
    }

    private static Tensor Add(Tensor[] parts)
    {
        Tensor sum = parts[0].clone();
        foreach (Tensor part in parts[1..]) sum.PlusInPlace(part);
        foreach (Tensor part in parts) part.Dispose();
        return sum;
    }
}
