using Fovea.Checkpoints;
using Fovea.Networks;

namespace Fovea.Tests.Graphs;

/// <summary>Weights and pictures of the check values: a sine and a cosine.</summary>
internal static class SineWeights
{
    public static Dictionary<string, Weight> Of(VitNetwork network) => VitParameters.Of(network).ToDictionary(parameter => parameter.Key, Of);

    /// <summary>One picture, [1, channels, height, width].</summary>
    public static float[] Image(VitNetwork network) =>
        [.. Enumerable.Range(0, network.Channels * network.Size.Height * network.Size.Width).Select(index => (float)Math.Cos(0.05 * index + 0.2))];

    // value = base + 0.25 sin(0.01 s + 0.9 i + 0.001 i^2), s = sum of the key's ASCII codes; base 1 for gammas and norm weights.
    private static Weight Of(Parameter parameter)
    {
        string key = parameter.Key;
        double letters = key.Sum(letter => (int)letter);
        bool startsAtOne = key.EndsWith("gamma", StringComparison.Ordinal) ||
            (key.EndsWith(".weight", StringComparison.Ordinal) && (key.Contains("norm", StringComparison.Ordinal) || key.Contains("pre_block", StringComparison.Ordinal)));
        float[] values = new float[parameter.Shape.ElementCount];
        for (int index = 0; index < values.Length; index++)
        {
            values[index] = (float)((startsAtOne ? 1 : 0) + 0.25 * Math.Sin(0.01 * letters + 0.9 * index + 0.001 * index * index));
        }
        return new(parameter.Shape, values);
    }
}
