using System.Numerics.Tensors;

namespace Fovea.Insight;

/// <summary>Comparisons and scalings of tokens.</summary>
internal static class Vectors
{
    /// <summary>The cosine of the angle between two tokens; 0 where one of them is nothing.</summary>
    public static double Cosine(ReadOnlySpan<float> left, ReadOnlySpan<float> right)
    {
        double product = 0, leftSquare = 0, rightSquare = 0;
        for (int index = 0; index < left.Length; index++)
        {
            double l = left[index], r = right[index];
            (product, leftSquare, rightSquare) = (product + l * r, leftSquare + l * l, rightSquare + r * r);
        }
        return leftSquare > 0 && rightSquare > 0 ? product / Math.Sqrt(leftSquare * rightSquare) : 0;
    }

    /// <summary>The Jensen-Shannon distance of two maps, each made to sum 1: 0 (the same) to 1 (nothing in common).</summary>
    public static double JensenShannon(ReadOnlySpan<float> left, ReadOnlySpan<float> right)
    {
        double leftSum = Math.Max(TensorPrimitives.Sum(left), float.Epsilon), rightSum = Math.Max(TensorPrimitives.Sum(right), float.Epsilon), divergence = 0;
        for (int index = 0; index < left.Length; index++)
        {
            double l = left[index] / leftSum, r = right[index] / rightSum, middle = (l + r) / 2;
            if (l > 0) divergence += l * Math.Log2(l / middle) / 2;
            if (r > 0) divergence += r * Math.Log2(r / middle) / 2;
        }
        return Math.Sqrt(Math.Max(0, divergence));
    }

    /// <summary>A token normalised as the network's final norm does it, but for the learned scale and shift of each channel, which a standardising probe does not see.</summary>
    public static float[] Normed(ReadOnlySpan<float> token, NormType norm, double epsilon)
    {
        float[] normed = token.ToArray();
        if (norm == NormType.LayerNorm) TensorPrimitives.Subtract(normed, TensorPrimitives.Average<float>(normed), normed);
        double square = 0;
        foreach (float value in normed) square += (double)value * value;
        TensorPrimitives.Multiply(normed, (float)(1 / Math.Sqrt(square / normed.Length + epsilon)), normed);
        return normed;
    }

    /// <summary>[rows, width] to the mean row.</summary>
    public static float[] Mean(ReadOnlySpan<float> rows, int width)
    {
        float[] mean = new float[width];
        for (int row = 0; row < rows.Length; row += width) TensorPrimitives.Add(mean, rows.Slice(row, width), mean);
        TensorPrimitives.Divide(mean, rows.Length / width, mean);
        return mean;
    }
}
