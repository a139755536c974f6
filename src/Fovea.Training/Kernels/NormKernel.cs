using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Fovea.Training.Kernels;

/// <summary>
/// One row of layer norm (Ba et al. 2016) or RMS norm (Zhang and Sennrich 2019) of the sum of a residual stream and what a layer adds to it. All sums are
/// float32, sixteen side by side; the row stays in the nearest cache between its passes.
/// </summary>
/// <typeparam name="T">How the layer's numbers lie in memory; the residual stream is float32.</typeparam>
/// <typeparam name="TLanes">How they are read and written.</typeparam>
internal static unsafe class NormKernel<T, TLanes>
    where T : unmanaged
    where TLanes : struct, ILanes<T>
{
    /// <param name="stream">The residual stream.</param>
    /// <param name="added">What is added to it; null: nothing.</param>
    /// <param name="sum">Receives the sum; may be <paramref name="stream"/>.</param>
    /// <param name="normalised">Receives the norm of the sum.</param>
    /// <param name="weight">The weights.</param>
    /// <param name="bias">The biases; null: none.</param>
    /// <param name="width">Numbers of a row: a multiple of 16.</param>
    /// <param name="isCentred">Whether the mean is taken away first: layer norm.</param>
    /// <param name="epsilon">Added to the mean square.</param>
    /// <returns>The mean (0 for RMS norm) and the inverse of the root mean square, for <see cref="Backward"/>.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static (float Mean, float Inverse) Forward(float* stream, T* added, float* sum, T* normalised, float* weight, float* bias, int width, bool isCentred, float epsilon)
    {
        Vector512<float> total = Vector512<float>.Zero, squares = Vector512<float>.Zero;
        for (int index = 0; index < width; index += Rows.Lanes)
        {
            Vector512<float> value = Vector512.Load(stream + index);
            if (added != null) value += TLanes.Load(added + index);
            value.Store(sum + index);
            total += value;
            squares += value * value;
        }
        float mean = 0;
        if (isCentred)
        {
            mean = Vector512.Sum(total) / width;
            squares = Vector512<float>.Zero;
            for (int index = 0; index < width; index += Rows.Lanes)
            {
                Vector512<float> value = Vector512.Load(sum + index) - Vector512.Create(mean);
                squares += value * value;
            }
        }
        float inverse = 1 / MathF.Sqrt(Vector512.Sum(squares) / width + epsilon);
        Vector512<float> means = Vector512.Create(mean), inverses = Vector512.Create(inverse);
        for (int index = 0; index < width; index += Rows.Lanes)
        {
            Vector512<float> value = (Vector512.Load(sum + index) - means) * inverses * Vector512.Load(weight + index);
            if (bias != null) value += Vector512.Load(bias + index);
            TLanes.Store(value, normalised + index);
        }
        return (mean, inverse);
    }

    /// <param name="sum">What <see cref="Forward"/> gave.</param>
    /// <param name="weight">The weights.</param>
    /// <param name="statistics">What <see cref="Forward"/> returned.</param>
    /// <param name="gradient">The gradient of the norm.</param>
    /// <param name="sumGradient">The gradient of the sum by other ways; null: none.</param>
    /// <param name="streamGradient">Receives the gradient of the stream.</param>
    /// <param name="addedGradient">Receives the same for what was added; null: nothing was.</param>
    /// <param name="weightGradient">The gradient of the weights is added to it.</param>
    /// <param name="biasGradient">The gradient of the biases is added to it.</param>
    /// <param name="width">Numbers of a row.</param>
    /// <param name="isCentred">As in <see cref="Forward"/>.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Backward(
        float* sum, float* weight, (float Mean, float Inverse) statistics, T* gradient, float* sumGradient, float* streamGradient, T* addedGradient, float* weightGradient, float* biasGradient, int width, bool isCentred)
    {
        Vector512<float> means = Vector512.Create(statistics.Mean), inverses = Vector512.Create(statistics.Inverse), along = Vector512<float>.Zero, level = Vector512<float>.Zero;
        for (int index = 0; index < width; index += Rows.Lanes)
        {
            Vector512<float> outer = TLanes.Load(gradient + index), scaled = (Vector512.Load(sum + index) - means) * inverses, inner = outer * Vector512.Load(weight + index);
            along += inner * scaled;
            level += inner;
            (Vector512.Load(weightGradient + index) + outer * scaled).Store(weightGradient + index);
            (Vector512.Load(biasGradient + index) + outer).Store(biasGradient + index);
        }
        Vector512<float> alongs = Vector512.Create(Vector512.Sum(along) / width), levels = Vector512.Create(isCentred ? Vector512.Sum(level) / width : 0);
        for (int index = 0; index < width; index += Rows.Lanes)
        {
            Vector512<float> scaled = (Vector512.Load(sum + index) - means) * inverses, inner = TLanes.Load(gradient + index) * Vector512.Load(weight + index);
            Vector512<float> result = (inner - levels - scaled * alongs) * inverses;
            if (sumGradient != null) result += Vector512.Load(sumGradient + index);
            result.Store(streamGradient + index);
            if (addedGradient != null) TLanes.Store(result, addedGradient + index);
        }
    }
}
