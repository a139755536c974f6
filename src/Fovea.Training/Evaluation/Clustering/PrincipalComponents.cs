using Fovea.Training.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Training.Evaluation;

/// <summary>Features in fewer dimensions: rows at length 1, centred, projected on the directions of largest variance.</summary>
internal static class PrincipalComponents
{
    /// <summary>Projects.</summary>
    /// <param name="features">At least two rows.</param>
    /// <param name="most">Dimensions at most; width and rows - 1 limit them too.</param>
    /// <returns>[rows, dimensions], the direction of largest variance first.</returns>
    public static FeatureMatrix Of(FeatureMatrix features, int most)
    {
        int dimensions = Math.Min(most, Math.Min(features.Width, features.Rows - 1));
        using DisposeScope scope = NewDisposeScope();
        using IDisposable mode = inference_mode();
        Tensor sum = zeros(features.Width, float64), products = zeros(features.Width, features.Width, dtype: float64);
        ForEachBlock(features, (_, rows) => sum.PlusInPlace(rows.sum(dim: 0)));
        Tensor mean = sum.Over(features.Rows);
        ForEachBlock(features, (_, rows) =>
        {
            Tensor centred = rows.Minus(mean);
            products.PlusInPlace(centred.t().matmul(centred));
        });
        (Tensor _, Tensor directions) = linalg.eigh(products);                // eigenvalues ascend
        Tensor largest = directions.narrow(1, features.Width - dimensions, dimensions).flip(1);
        double[] projected = new double[checked(features.Rows * dimensions)];
        Tensor written = frombuffer(projected, float64).reshape(features.Rows, dimensions);
        ForEachBlock(features, (block, rows) => written.narrow(0, block.First, block.Count).copy_(rows.Minus(mean).matmul(largest)));
        return new(projected, dimensions);
    }

    private static void ForEachBlock(FeatureMatrix features, Action<RowBlock, Tensor> use)
    {
        UnitRows unit = new(features);
        foreach (RowBlock block in RowBlock.CoverWide(features.Rows, features.Width))
        {
            using DisposeScope scope = NewDisposeScope();
            double[] values = new double[block.Count * features.Width];
            unit.Read(block.First, values);
            use(block, frombuffer(values, float64).reshape(block.Count, features.Width));
        }
    }
}
