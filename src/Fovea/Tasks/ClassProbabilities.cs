using System.Buffers;
using Fovea.Graphs;
using Fovea.Images;
using Fovea.Inference;

namespace Fovea.Tasks;

/// <summary>Logits to probabilities, as the reference's `infer_batch` gives them: softmax over the classes, in double precision.</summary>
internal static class ClassProbabilities
{
    /// <summary>The network is run once.</summary>
    /// <returns>[outputs]; NaN throughout when the logits are no finite numbers.</returns>
    public static double[] Of(PreparedPicture picture)
    {
        float[] logits = picture.Run([VitOutput.Logits])[0];
        double[] probabilities = new double[logits.Length];
        AddSoftmax(logits, probabilities);
        return probabilities;
    }

    /// <summary>
    /// Test-time augmentation: the network is run on five crops, each by itself, and their probabilities are averaged. Not their logits: the
    /// reference takes the softmax of each crop first.
    /// </summary>
    /// <param name="picture">The whole picture.</param>
    /// <param name="size">Its rows and columns.</param>
    /// <returns>[outputs]; NaN throughout when the logits of a crop are no finite numbers.</returns>
    public static double[] OfFiveCrops(PreparedPicture picture, ImageSize size)
    {
        int length = picture.Values.Length;
        float[] crops = ArrayPool<float>.Shared.Rent(FiveCrops.Count * length);
        try
        {
            FiveCrops.Take(picture.Values.Span, size, crops.AsSpan(0, FiveCrops.Count * length));
            double[] mean = Of(picture with { Values = crops.AsMemory(0, length) });
            for (int crop = 1; crop < FiveCrops.Count; crop++)
            {
                AddSoftmax((picture with { Values = crops.AsMemory(crop * length, length) }).Run([VitOutput.Logits])[0], mean);
            }
            foreach (ref double probability in mean.AsSpan()) probability /= FiveCrops.Count;
            return mean;
        }
        finally
        {
            ArrayPool<float>.Shared.Return(crops);
        }
    }

    /// <summary>Adds exp(x_i) / sum exp(x_j), with the largest logit subtracted first: nothing overflows.</summary>
    /// <param name="logits">[outputs]; a NaN or positive infinity among them, or nothing but negative infinity, makes everything NaN.</param>
    /// <param name="sums">[outputs].</param>
    public static void AddSoftmax(ReadOnlySpan<float> logits, Span<double> sums)
    {
        double largest = double.NegativeInfinity, total = 0;
        foreach (float logit in logits) largest = Math.Max(largest, logit);                // NaN wins
        foreach (float logit in logits) total += Math.Exp(logit - largest);
        for (int index = 0; index < logits.Length; index++) sums[index] += Math.Exp(logits[index] - largest) / total;
    }
}
