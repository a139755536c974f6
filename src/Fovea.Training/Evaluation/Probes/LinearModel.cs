using Fovea.Training.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Training.Evaluation;

/// <summary>A linear classifier of features as they come. Immutable.</summary>
/// <param name="Weights">[classes, width].</param>
/// <param name="Biases">[classes], of mean 0: adding one number to all changes no probability.</param>
internal sealed record LinearModel(double[] Weights, double[] Biases)
{
    /// <summary>The classifier of biases of any mean.</summary>
    public static LinearModel Of(Tensor weights, Tensor biases) =>
        new(weights.to(float64).contiguous().data<double>().ToArray(), (biases.to(float64) - biases.to(float64).mean()).data<double>().ToArray());

    /// <summary>The probability of each class for each sample.</summary>
    /// <returns>[samples, classes], each row summing to 1.</returns>
    public double[] Probabilities(FeatureMatrix features)
    {
        RowBlock[] blocks = [.. RowBlock.CoverWide(features.Rows, features.Width)];
        double[] probabilities = new double[checked(features.Rows * Biases.Length)];
        if (blocks.Length == 0) return probabilities;
        SingleCoreThreads.Run(blocks.Length, (thread, threads) =>
        {
            using DisposeScope scope = NewDisposeScope();
            using IDisposable mode = inference_mode();
            Tensor weights = frombuffer(Weights, float64).reshape(Biases.Length, features.Width), biases = frombuffer(Biases, float64), all = features.ToTensor();
            Tensor written = frombuffer(probabilities, float64).reshape(features.Rows, Biases.Length);
            for (int block = thread; block < blocks.Length; block += threads)
            {
                using DisposeScope inner = NewDisposeScope();
                (int first, int count) = blocks[block];
                Tensor logits = all.narrow(0, first, count).to(float64).matmul(weights.t()).PlusInPlace(biases);
                written.narrow(0, first, count).copy_(nn.functional.softmax(logits, 1));
            }
        });
        return probabilities;
    }
}
