using System.Numerics.Tensors;

namespace Fovea;

/// <summary>
/// The attention of one block over one picture: how much each token attends to each other, softmax(q kᵀ / √head size) per head (Dosovitskiy et al. 2020,
/// eq. 7). Maps over the patches, and the numbers that tell what registers and outliers do (Darcet et al. 2023). Immutable.
/// </summary>
public sealed class AttentionMap
{
    private readonly ReadOnlyMemory<float> _weights;

    /// <summary>Wraps the attention of a block.</summary>
    /// <param name="weights">[heads, tokens, tokens] from row to column, such as <see cref="EncoderOutput.Attention"/> gives it; rows sum to 1. Not copied.</param>
    /// <param name="layout">Of the network.</param>
    /// <exception cref="ArgumentException">The numbers are not those of such tokens.</exception>
    public AttentionMap(ReadOnlyMemory<float> weights, TokenLayout layout)
    {
        ArgumentNullException.ThrowIfNull(layout);
        long square = (long)layout.Tokens * layout.Tokens;
        if (weights.IsEmpty || weights.Length % square != 0) throw new ArgumentException($"{weights.Length} weights are no attention of {layout.Tokens} tokens; give [heads, tokens, tokens] of an encoder with this layout.", nameof(weights));
        (_weights, Layout, Heads) = (weights, layout, (int)(weights.Length / square));
    }

    /// <summary>Which token is what.</summary>
    public TokenLayout Layout { get; }

    /// <summary>Attention heads.</summary>
    public int Heads { get; }

    /// <summary>What one token attends to.</summary>
    /// <param name="token">The row: registers from 0, then the class token, then the patches.</param>
    /// <param name="head">From 0 to <see cref="Heads"/> - 1.</param>
    /// <returns>[tokens], sum 1; no copy.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such token or head.</exception>
    public ReadOnlySpan<float> Row(int token, int head)
    {
        if (token < 0 || token >= Layout.Tokens) throw new ArgumentOutOfRangeException(nameof(token), token, $"a picture has tokens 0 to {Layout.Tokens - 1}.");
        (head, _) = Range(head);
        return _weights.Span.Slice((head * Layout.Tokens + token) * Layout.Tokens, Layout.Tokens);
    }

    /// <summary>The attention of a token over the patches.</summary>
    /// <param name="token">The row.</param>
    /// <param name="head">One head; null: the mean over heads.</param>
    /// <returns>[patches]; sum at most 1, the rest goes to special tokens.</returns>
    public float[] From(int token, int? head = null) => Mean(head, (each, sum) => TensorPrimitives.Add(sum, Row(token, each)[Layout.SpecialTokens..], sum));

    /// <summary>The attention that each patch receives from the patches: means of the columns. What stands in for a query where the network has no class token and averages its patches.</summary>
    /// <param name="head">One head; null: the mean over heads.</param>
    /// <returns>[patches].</returns>
    public float[] Received(int? head = null) => Mean(head, (each, sum) =>
    {
        for (int patch = 0; patch < Layout.Grid.Patches; patch++) TensorPrimitives.Add(sum, Row(Layout.SpecialTokens + patch, each)[Layout.SpecialTokens..], sum);
    }, Layout.Grid.Patches);

    /// <summary>The share of its attention that a mean patch gives to the registers.</summary>
    /// <param name="head">One head; null: the mean over heads.</param>
    /// <returns>0 to 1; 0 without registers.</returns>
    public double MassOnRegisters(int? head = null) => MassOn(0, Layout.Registers, head);

    /// <summary>The share of its attention that a mean patch gives to tokens that follow each other.</summary>
    /// <param name="first">The first of them.</param>
    /// <param name="count">How many.</param>
    /// <param name="head">One head; null: the mean over heads.</param>
    /// <returns>0 to 1.</returns>
    public double MassOn(int first, int count, int? head = null)
    {
        double sum = 0;
        (int begin, int end) = Range(head);
        for (int each = begin; each < end; each++)
        {
            for (int patch = 0; patch < Layout.Grid.Patches; patch++) sum += TensorPrimitives.Sum(Row(Layout.SpecialTokens + patch, each).Slice(first, count));
        }
        return sum / ((double)(end - begin) * Layout.Grid.Patches);
    }

    /// <summary>How spread the attention of a token over the patches is: the entropy of its row there, made to sum 1, over the logarithm of their number.</summary>
    /// <param name="token">The row.</param>
    /// <param name="head">From 0.</param>
    /// <returns>0 (one patch) to 1 (all alike); NaN for a single patch, or where no attention goes to patches.</returns>
    public double Entropy(int token, int head)
    {
        ReadOnlySpan<float> row = Row(token, head)[Layout.SpecialTokens..];
        double sum = TensorPrimitives.Sum(row), entropy = 0;
        foreach (float weight in row)
        {
            if (weight > 0) entropy -= weight / sum * Math.Log(weight / sum);
        }
        return sum > 0 && row.Length > 1 ? entropy / Math.Log(row.Length) : double.NaN;
    }

    /// <summary>The token that patches attend to most: the largest mean of a column over the rows of patches.</summary>
    /// <param name="head">From 0.</param>
    /// <returns>The token, and that mean, 0 to 1.</returns>
    public (int Token, double Mass) Sink(int head)
    {
        float[] columns = new float[Layout.Tokens];
        for (int patch = 0; patch < Layout.Grid.Patches; patch++) TensorPrimitives.Add(columns, Row(Layout.SpecialTokens + patch, head), columns);
        int token = TensorPrimitives.IndexOfMax<float>(columns);
        return (token, columns[token] / Layout.Grid.Patches);
    }

    /// <summary>The fewest patches that hold a share of a map's sum (the masks of Caron et al. 2021, figure 4).</summary>
    /// <param name="map">[patches], not negative.</param>
    /// <param name="share">Default 0.6.</param>
    /// <returns>[patches].</returns>
    public static bool[] Mask(ReadOnlySpan<float> map, double share = 0.6)
    {
        float[] sorted = map.ToArray();
        int[] order = [.. Enumerable.Range(0, sorted.Length)];
        Array.Sort(sorted, order, Comparer<float>.Create((left, right) => right.CompareTo(left)));
        double wanted = share * TensorPrimitives.Sum(map), held = 0;
        bool[] mask = new bool[sorted.Length];
        for (int place = 0; place < sorted.Length && held < wanted; place++)
        {
            mask[order[place]] = true;
            held += sorted[place];
        }
        return mask;
    }

    /// <summary>
    /// Attention rollout (Abnar and Zuidema 2020) with the reference's pruning: in each block the heads are fused, the smallest weights between patches become 0,
    /// the identity is added for the residual path, rows are made to sum 1, and blocks are multiplied from the first up.
    /// </summary>
    /// <param name="blocks">The attention of every block, the first block first.</param>
    /// <param name="fusion">How heads become one.</param>
    /// <param name="discarded">The share of weights between patches that is zeroed; rows and columns of special tokens stay whole.</param>
    /// <returns>[patches]: the mean of the special tokens' rows, of all rows where there are none, over its maximum.</returns>
    /// <exception cref="ArgumentException">There is no block, the blocks are of different pictures or networks, or the share is none.</exception>
    public static float[] Rollout(IReadOnlyList<AttentionMap> blocks, HeadFusion fusion = HeadFusion.Max, double discarded = 0.9)
    {
        ArgumentNullException.ThrowIfNull(blocks);
        if (blocks.Count == 0) throw new ArgumentException("no block is given; a rollout needs the attention of every block.", nameof(blocks));
        if (!(discarded >= 0 && discarded <= 1)) throw new ArgumentOutOfRangeException(nameof(discarded), discarded, "a share lies between 0 and 1.");
        TokenLayout layout = blocks[0].Layout;
        if (blocks.Any(block => block.Layout != layout)) throw new ArgumentException("the blocks have different tokens; a rollout takes those of one picture in one network.", nameof(blocks));
        int tokens = layout.Tokens, special = layout.SpecialTokens;
        float[] product = [];
        foreach (AttentionMap block in blocks)
        {
            float[] step = block.Fused(fusion);
            Prune(step, layout, discarded);
            for (int row = 0; row < tokens; row++)
            {
                Span<float> values = step.AsSpan(row * tokens, tokens);
                values[row] += 1;
                TensorPrimitives.Divide(values, TensorPrimitives.Sum<float>(values), values);
            }
            product = product.Length == 0 ? step : Multiply(step, product, tokens);
        }
        float[] map = new float[layout.Grid.Patches];
        for (int row = 0; row < (special > 0 ? special : tokens); row++) TensorPrimitives.Add(map, product.AsSpan(row * tokens + special, map.Length), map);
        TensorPrimitives.Divide(map, TensorPrimitives.Max<float>(map) + 1e-8f, map);
        return map;
    }

    private float[] Fused(HeadFusion fusion)
    {
        int square = Layout.Tokens * Layout.Tokens;
        float[] fused = _weights.Span[..square].ToArray();
        for (int head = 1; head < Heads; head++)
        {
            ReadOnlySpan<float> other = _weights.Span.Slice(head * square, square);
            switch (fusion)
            {
                case HeadFusion.Max: TensorPrimitives.Max(fused, other, fused); break;
                case HeadFusion.Min: TensorPrimitives.Min(fused, other, fused); break;
                default: TensorPrimitives.Add(fused, other, fused); break;
            }
        }
        if (fusion == HeadFusion.Mean) TensorPrimitives.Divide(fused, Heads, fused);
        return fused;
    }

    // Equal weights: those that stand first go first.
    private static void Prune(float[] weights, TokenLayout layout, double discarded)
    {
        int tokens = layout.Tokens, patches = layout.Grid.Patches, special = layout.SpecialTokens;
        int[] places = new int[patches * patches];
        float[] values = new float[places.Length];
        for (int index = 0; index < places.Length; index++)
        {
            places[index] = (special + index / patches) * tokens + special + index % patches;
            values[index] = weights[places[index]];
        }
        int count = (int)(values.Length * discarded);
        if (count == 0) return;
        float[] sorted = (float[])values.Clone();
        Array.Sort(sorted);
        float limit = sorted[count - 1];
        int below = 0;
        foreach (float value in values) below += value < limit ? 1 : 0;
        for (int index = 0; index < values.Length; index++)
        {
            if (values[index] < limit) weights[places[index]] = 0;
            else if (values[index] == limit && below < count)
            {
                weights[places[index]] = 0;
                below++;
            }
        }
    }

    private static float[] Multiply(float[] left, float[] right, int size)
    {
        float[] product = new float[left.Length];
        for (int row = 0; row < size; row++)
        {
            Span<float> target = product.AsSpan(row * size, size);
            for (int inner = 0; inner < size; inner++)
            {
                float factor = left[row * size + inner];
                if (factor != 0) TensorPrimitives.MultiplyAdd(right.AsSpan(inner * size, size), factor, target, target);
            }
        }
        return product;
    }

    private float[] Mean(int? head, Action<int, float[]> add, int rows = 1)
    {
        float[] sum = new float[Layout.Grid.Patches];
        (int begin, int end) = Range(head);
        for (int each = begin; each < end; each++) add(each, sum);
        TensorPrimitives.Divide(sum, (end - begin) * rows, sum);
        return sum;
    }

    private (int Begin, int End) Range(int? head)
    {
        if (head is not { } one) return (0, Heads);
        return one >= 0 && one < Heads ? (one, one + 1) : throw new ArgumentOutOfRangeException(nameof(head), head, $"the block has heads 0 to {Heads - 1}.");
    }
}
