using Fovea.Cli.Outputs;

namespace Fovea.Cli.Tests.Outputs;

/// <summary>What was asked to be written for one picture.</summary>
internal sealed record EmbeddingRow(string Sample, long? Label, float[] Embedding)
{
    private static readonly float[] Extremes = [-0f, float.Epsilon, float.MaxValue, float.MinValue, 1f / 3, 16777217f, 1e-38f];

    /// <summary>One row per awkward name; a third has no label; among the values are the extremes of float32.</summary>
    public static EmbeddingRow[] Awkward(int width) => [.. SampleNames.Awkward.Select((name, index) => Of(name, index, width))];

    public static EmbeddingRow Of(string name, int index, int width)
    {
        Random random = new(index);
        float[] embedding = [.. Enumerable.Range(0, width).Select(_ => random.NextSingle() - 0.5f)];
        embedding[index % width] = Extremes[index % Extremes.Length];
        return new EmbeddingRow(name, index % 3 == 1 ? null : index - 2, embedding);
    }

    public static void WriteAll(string? path, IReadOnlyList<EmbeddingRow> rows, int width, bool hasLabels, Stream? standardOutput = null)
    {
        using EmbeddingWriter writer = EmbeddingWriter.Create(path, width, hasLabels, standardOutput ?? Stream.Null);
        foreach (EmbeddingRow row in rows) writer.Write(row.Sample, hasLabels ? row.Label : null, row.Embedding);
        writer.Complete();
    }

    /// <summary>Bits, so that -0 differs from 0 and NaN equals itself.</summary>
    public static uint[] Bits(IEnumerable<float> values) => [.. values.Select(BitConverter.SingleToUInt32Bits)];
}
