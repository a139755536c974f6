using Fovea.Training.Evaluation;
using Fovea.Training.Randomness;

namespace Fovea.Training.Tests.Evaluation;

/// <summary>Features by numbers, not by a network: clouds of points, one for each class.</summary>
internal static class DrawnFeatures
{
    /// <summary>Normal numbers.</summary>
    public static float[] Normal(int count, ulong seed)
    {
        RandomStream random = new(seed, RandomPurpose.Initialization);
        float[] values = new float[count];
        for (int index = 0; index < count; index++) values[index] = (float)random.NextNormal();
        return values;
    }

    /// <summary>Whole numbers from -1 to 1: similarities of such rows are often equal.</summary>
    public static float[] Coarse(int count, ulong seed)
    {
        RandomStream random = new(seed, RandomPurpose.Initialization);
        float[] values = new float[count];
        for (int index = 0; index < count; index++) values[index] = random.NextInteger(3) - 1;
        return values;
    }

    /// <summary>Samples of classes 0, 1, 2, ... in turn, around centres at this distance from the origin, which depend on nothing but their class.</summary>
    public static FeatureSet Clouds(int samples, int width, int classes, double distance, ulong seed, string feature = "avg")
    {
        float[] values = Normal(samples * width, seed);
        int[] labels = [.. Enumerable.Range(0, samples).Select(sample => sample % classes)];
        for (int index = 0; index < values.Length; index++)
        {
            int label = labels[index / width];
            if (index % width == label % width) values[index] += (float)distance * (label < width ? 1 : -1);
        }
        return Set(values, width, labels, feature);
    }

    /// <summary>A set without names of classes.</summary>
    public static FeatureSet Set(float[] values, int width, int[] labels, string feature = "avg") =>
        new(new FeatureMatrix(values, width), labels, [], [.. labels.Select((_, row) => $"sample {row}")]) { Feature = feature };
}
