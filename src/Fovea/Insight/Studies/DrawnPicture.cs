using System.Numerics.Tensors;
using Fovea.Images;

namespace Fovea.Insight;

/// <summary>A picture of which maps are drawn: what a page and its reader can turn to.</summary>
internal sealed class DrawnPicture
{
    private const int LongestSide = 448;

    /// <summary>The picture as the network saw it.</summary>
    public required ReportPicture Picture { get; init; }

    /// <summary>[patches, width] at each level (input, after each block), and last after the final norm; empty where no part needs them.</summary>
    public required IReadOnlyList<ReadOnlyMemory<float>> Levels { get; init; }

    /// <summary>[depth][heads + 1][queries][patches]: the attention of each special token, then what patches get from patches; the first head is the mean over heads.</summary>
    public required float[][][][] Attention { get; init; }

    /// <summary>[rows + 1][patches]: the attention of the pool, first the mean over its rows; empty without one.</summary>
    public required float[][] Pool { get; init; }

    /// <summary>[patches], 0 to 1; empty without attention.</summary>
    public required float[] Rollout { get; init; }

    /// <summary>Of a picture.</summary>
    public static DrawnPicture Of(StudyPlan plan, PictureTokens tokens)
    {
        AttentionMap[] maps = [.. tokens.Attention.Select(weights => new AttentionMap(weights, plan.Layout))];
        List<ReadOnlyMemory<float>> levels = [.. tokens.Levels.Select(level => (ReadOnlyMemory<float>)plan.Layout.Patches(level).ToArray())];
        if (!tokens.Final.IsEmpty) levels.Add(plan.Layout.Patches(tokens.Final).ToArray());
        return new DrawnPicture
        {
            Picture = ReportPicture.Of(tokens.Name, tokens.Input.Span, plan.Network.Size, plan.Channels, LongestSide),
            Levels = levels,
            Attention = [.. maps.Select(map => Heads(map))],
            Pool = PoolRows(plan, tokens.PoolAttention),
            Rollout = maps.Length == 0 ? [] : AttentionMap.Rollout(maps),
        };
    }

    private static float[][][] Heads(AttentionMap map) =>
        [.. Enumerable.Range(-1, map.Heads + 1).Select(head => Queries(map, head < 0 ? null : head))];

    private static float[][] Queries(AttentionMap map, int? head) =>
        [.. Enumerable.Range(0, map.Layout.SpecialTokens).Select(token => map.From(token, head)), map.Received(head)];

    private static float[][] PoolRows(StudyPlan plan, ReadOnlyMemory<float> weights)
    {
        if (weights.IsEmpty) return [];
        int seen = plan.Network.PoolTokens, rows = weights.Length / seen;
        float[][] maps = [.. Enumerable.Range(0, rows).Select(row => weights.Span.Slice(row * seen, seen)[(seen - plan.Grid.Patches)..].ToArray())];
        float[] mean = new float[plan.Grid.Patches];
        foreach (float[] map in maps) TensorPrimitives.Add(mean, map, mean);
        TensorPrimitives.Divide(mean, rows, mean);
        return [mean, .. maps];
    }
}
