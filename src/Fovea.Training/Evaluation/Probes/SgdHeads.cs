using Fovea.Training.Randomness;
using Fovea.Training.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Training.Evaluation;

/// <summary>
/// Linear heads that differ in learning rate and start values, trained side by side on the same batches: one product serves all, and none knows of the
/// others. The gradient of cross-entropy is written out; float32.
/// </summary>
internal sealed class SgdHeads : IDisposable
{
    private const double StartDeviation = 0.01;
    private const float Momentum = 0.9f;
    private const int Block = 4096;
    private const int RateBatch = 256;                                        // learning rates are stated for this batch

    private readonly int _classes, _heads;
    private readonly Tensor _weights, _biases, _weightVelocity, _biasVelocity, _rates;

    /// <param name="width">Features of a sample.</param>
    /// <param name="classes">Outputs of each head.</param>
    /// <param name="rates">A learning rate for each head.</param>
    /// <param name="batch">Samples of an update.</param>
    /// <param name="starts">Draws the start values of each head.</param>
    public SgdHeads(int width, int classes, IReadOnlyList<double> rates, int batch, IReadOnlyList<RandomStream> starts)
    {
        using DisposeScope scope = NewDisposeScope();
        (_classes, _heads) = (classes, rates.Count);
        _weights = cat([.. starts.Select(start => Drawn(start, classes, width))], 0).DetachFromDisposeScope();
        _biases = zeros(_heads * classes).DetachFromDisposeScope();
        _weightVelocity = zeros_like(_weights).DetachFromDisposeScope();
        _biasVelocity = zeros_like(_biases).DetachFromDisposeScope();
        _rates = tensor(rates.SelectMany(rate => Enumerable.Repeat((float)(rate * batch / RateBatch), classes)).ToArray()).DetachFromDisposeScope();
    }

    /// <summary>One update of all heads.</summary>
    /// <param name="rows">[batch, width].</param>
    /// <param name="labels">[batch].</param>
    /// <param name="schedule">The share of the learning rates: from 1 down to 0.</param>
    public void Step(Tensor rows, Tensor labels, double schedule)
    {
        long batch = rows.shape[0];
        Tensor residuals = nn.functional.softmax(Logits(rows), 2);                                            // [batch, heads, classes]
        Tensor places = labels.reshape(batch, 1, 1).expand(batch, _heads, 1);
        residuals.scatter_add_(2, places, ones(batch, _heads, 1).neg_()).OverInPlace(batch);
        residuals = residuals.reshape(batch, _heads * _classes);
        _weightVelocity.addmm_(residuals.t(), rows, Momentum, 1);
        _biasVelocity.TimesInPlace(Momentum).PlusInPlace(residuals.sum(dim: 0));
        Tensor rates = _rates.Times(schedule);
        _weights.MinusInPlace(_weightVelocity * rates.unsqueeze(1));
        _biases.MinusInPlace(_biasVelocity * rates);
    }

    /// <summary>Samples that each head has right.</summary>
    /// <param name="rows">[samples, width].</param>
    /// <param name="labels">[samples].</param>
    public int[] CountRight(Tensor rows, Tensor labels)
    {
        int[] right = new int[_heads];
        foreach (RowBlock block in RowBlock.Cover((int)rows.shape[0], Block))
        {
            using DisposeScope scope = NewDisposeScope();
            Tensor isRight = Logits(rows.narrow(0, block.First, block.Count)).argmax(2).eq(labels.narrow(0, block.First, block.Count).unsqueeze(1));
            foreach ((int head, long count) in isRight.sum(dim: 0).data<long>().Index()) right[head] += (int)count;
        }
        return right;
    }

    /// <summary>One head as a classifier of what it was trained on.</summary>
    public (Tensor Weights, Tensor Biases) Head(int head) => (_weights.narrow(0, (long)head * _classes, _classes), _biases.narrow(0, (long)head * _classes, _classes));

    public void Dispose()
    {
        foreach (Tensor own in new[] { _weights, _biases, _weightVelocity, _biasVelocity, _rates }) own.Dispose();
    }

    private static Tensor Drawn(RandomStream random, int classes, int width)
    {
        float[] values = new float[classes * width];
        for (int index = 0; index < values.Length; index++) values[index] = (float)(StartDeviation * random.NextNormal());
        return tensor(values, [classes, width]);
    }

    private Tensor Logits(Tensor rows) => rows.matmul(_weights.t()).PlusInPlace(_biases).reshape(rows.shape[0], _heads, _classes);
}
