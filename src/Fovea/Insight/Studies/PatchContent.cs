namespace Fovea.Insight;

/// <summary>What the pixels of each patch hold: how much there is to see, and the pixels themselves.</summary>
internal static class PatchContent
{
    private static readonly double[] Luma = [0.299, 0.587, 0.114];                // ITU-R BT.601

    /// <summary>The variance of luma (0 to 1) in each patch, and the mean length of its gradient.</summary>
    /// <param name="plan">Of the network.</param>
    /// <param name="input">[channels, height, width], normalised.</param>
    public static (double[] Variances, double[] Gradients) Measure(StudyPlan plan, ReadOnlySpan<float> input)
    {
        (int height, int width) = (plan.Network.Size.Height, plan.Network.Size.Width);
        float[] luma = new float[height * width];
        int planes = plan.Channels.Channels;
        for (int channel = 0; channel < planes; channel++)
        {
            double weight = planes == 1 ? 1 : Luma[channel], mean = plan.Channels.Mean[channel], deviation = plan.Channels.Deviation[channel];
            for (int pixel = 0; pixel < luma.Length; pixel++) luma[pixel] += (float)(weight * (input[channel * luma.Length + pixel] * deviation + mean));
        }
        double[] variances = new double[plan.Grid.Patches], gradients = new double[plan.Grid.Patches];
        int side = plan.PatchSize;
        for (int patch = 0; patch < variances.Length; patch++)
        {
            int top = patch / plan.Grid.Columns * side, left = patch % plan.Grid.Columns * side;
            double sum = 0, squares = 0, gradient = 0;
            for (int row = top; row < top + side; row++)
            {
                for (int column = left; column < left + side; column++)
                {
                    double value = luma[row * width + column];
                    (sum, squares) = (sum + value, squares + value * value);
                    if (row + 1 == top + side || column + 1 == left + side) continue;
                    gradient += double.Hypot(luma[row * width + column + 1] - value, luma[(row + 1) * width + column] - value);
                }
            }
            double count = side * side;
            variances[patch] = Math.Max(0, squares / count - sum / count * (sum / count));
            gradients[patch] = gradient / Math.Max(1, (side - 1) * (side - 1));
        }
        return (variances, gradients);
    }

    /// <summary>The normalised pixels of one patch: [channels, side, side].</summary>
    public static float[] Pixels(StudyPlan plan, ReadOnlySpan<float> input, int patch)
    {
        int side = plan.PatchSize, area = plan.Network.Size.Height * plan.Network.Size.Width, place = 0;
        int top = patch / plan.Grid.Columns * side, left = patch % plan.Grid.Columns * side;
        float[] pixels = new float[plan.Channels.Channels * side * side];
        for (int channel = 0; channel < plan.Channels.Channels; channel++)
        {
            for (int row = top; row < top + side; row++, place += side)
            {
                input.Slice(channel * area + row * plan.Network.Size.Width + left, side).CopyTo(pixels.AsSpan(place));
            }
        }
        return pixels;
    }

    /// <summary>The mean cosine of each patch to its up to four neighbours, by the projection of their pixels; NaN for a patch without neighbours.</summary>
    /// <param name="embedding">[patches, width] before positions.</param>
    /// <param name="width">Numbers of a patch.</param>
    /// <param name="grid">Rows and columns.</param>
    public static float[] NeighbourCosines(ReadOnlySpan<float> embedding, int width, PatchGrid grid)
    {
        float[] cosines = new float[grid.Patches];
        for (int patch = 0; patch < cosines.Length; patch++)
        {
            (int row, int column) = (patch / grid.Columns, patch % grid.Columns);
            double sum = 0;
            int count = 0;
            ReadOnlySpan<float> own = embedding.Slice(patch * width, width);
            foreach ((int neighbourRow, int neighbourColumn) in ((int, int)[])[(row - 1, column), (row + 1, column), (row, column - 1), (row, column + 1)])
            {
                if (neighbourRow < 0 || neighbourRow >= grid.Rows || neighbourColumn < 0 || neighbourColumn >= grid.Columns) continue;
                sum += Vectors.Cosine(own, embedding.Slice((neighbourRow * grid.Columns + neighbourColumn) * width, width));
                count++;
            }
            cosines[patch] = count == 0 ? float.NaN : (float)(sum / count);
        }
        return cosines;
    }
}
