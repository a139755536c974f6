namespace Fovea.Training.Evaluation;

/// <summary>How often samples of one class were given another: rows are labels, columns predictions. Immutable.</summary>
internal sealed class ConfusionMatrix
{
    private readonly int[] _counts;

    /// <param name="labels">True classes.</param>
    /// <param name="predictions">Predicted ones, of the same samples.</param>
    /// <param name="classes">Rows and columns.</param>
    public ConfusionMatrix(IReadOnlyList<int> labels, IReadOnlyList<int> predictions, int classes)
    {
        Classes = classes;
        _counts = new int[checked(classes * classes)];
        for (int sample = 0; sample < labels.Count; sample++) _counts[labels[sample] * classes + predictions[sample]]++;
    }

    /// <summary>Rows and columns.</summary>
    public int Classes { get; }

    /// <summary>Samples of this label that were given this prediction.</summary>
    public int this[int label, int prediction] => _counts[label * Classes + prediction];

    /// <summary>The predictions of a label: [classes].</summary>
    public ReadOnlySpan<int> Row(int label) => _counts.AsSpan(label * Classes, Classes);

    /// <summary>Samples of a label.</summary>
    public int Samples(int label) => System.Numerics.Tensors.TensorPrimitives.Sum(Row(label));

    /// <summary>The mean over classes, of those that occur as label or prediction, of the harmonic mean of precision and recall; 0 for a class that is never right.</summary>
    public double MacroF1
    {
        get
        {
            double sum = 0;
            int occurring = 0;
            for (int label = 0; label < Classes; label++)
            {
                int predicted = 0;
                for (int other = 0; other < Classes; other++) predicted += this[other, label];
                int samples = Samples(label);
                if (samples + predicted == 0) continue;
                occurring++;
                sum += 2.0 * this[label, label] / (samples + predicted);          // 2 P R / (P + R), with P = right / predicted and R = right / samples
            }
            return occurring == 0 ? 0 : sum / occurring;
        }
    }
}
