namespace Fovea.Training.Evaluation;

/// <summary>How often pixels of one class were given another, over a whole data set: rows are targets, columns predictions.</summary>
internal sealed class PixelConfusion
{
    private readonly long[] _counts;
    private readonly long[] _invalid;

    /// <param name="classes">Rows and columns.</param>
    public PixelConfusion(int classes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        Classes = classes;
        _counts = new long[checked(classes * classes)];
        _invalid = new long[classes];
    }

    /// <summary>Rows and columns.</summary>
    public int Classes { get; }

    /// <summary>Pixels of this target that were given this prediction.</summary>
    public long this[int target, int prediction] => _counts[target * Classes + prediction];

    /// <summary>Pixels of a target whose prediction is no class: misses of it, and no class's false alarm.</summary>
    public long Invalid(int target) => _invalid[target];

    /// <summary>Pixels of a target.</summary>
    public long Targets(int target) => System.Numerics.Tensors.TensorPrimitives.Sum<long>(_counts.AsSpan(target * Classes, Classes)) + _invalid[target];

    /// <summary>Pixels that were given a class.</summary>
    public long Predictions(int prediction)
    {
        long sum = 0;
        for (int target = 0; target < Classes; target++) sum += this[target, prediction];
        return sum;
    }

    /// <summary>Counts the pixels of a picture.</summary>
    /// <param name="targets">[pixels]: a class, or <paramref name="ignored"/>.</param>
    /// <param name="predictions">[pixels]: any number.</param>
    /// <param name="ignored">The target of pixels that do not count.</param>
    /// <exception cref="EvaluationException">A target is neither a class nor ignored, or the sizes differ.</exception>
    /// <param name="name">What messages call the picture.</param>
    public void Add(ReadOnlySpan<ushort> targets, ReadOnlySpan<ushort> predictions, ushort ignored, string name)
    {
        if (targets.Length != predictions.Length) throw EvaluationThrow.MaskSizesDiffer(name, targets.Length, predictions.Length);
        for (int pixel = 0; pixel < targets.Length; pixel++)
        {
            int target = targets[pixel], prediction = predictions[pixel];
            if (target == ignored) continue;
            if (target >= Classes) throw EvaluationThrow.NoSuchClass(name, target, Classes);
            if (prediction < Classes) _counts[target * Classes + prediction]++;
            else _invalid[target]++;
        }
    }
}
