using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Fovea.Training.Kernels;

/// <summary>
/// Attention of one head of one picture (Vaswani et al. 2017, eq. 1), in float32 whatever the inputs are. Scores live in the cache only: backward makes
/// them again from the logarithm of each query's sum (Dao et al. 2022), which is cheaper than reading them from memory.
/// </summary>
/// <typeparam name="T">How a number of the tensors lies in memory.</typeparam>
/// <typeparam name="TLanes">How it is read and written.</typeparam>
internal static unsafe class AttentionKernel<T, TLanes>
    where T : unmanaged
    where TLanes : struct, ILanes<T>
{
    /// <summary>Scratch numbers that <see cref="Forward"/> needs.</summary>
    public static int ForwardScratch(AttentionShape shape) =>
        shape.PaddedQueries * shape.PaddedHead + shape.HeadSize * shape.PaddedTokens + shape.Tokens * shape.PaddedHead + TileProduct.Rows * (shape.PaddedTokens + shape.PaddedHead);

    /// <summary>Scratch numbers that <see cref="Backward"/> needs.</summary>
    public static int BackwardScratch(AttentionShape shape) =>
        2 * shape.PaddedQueries * shape.PaddedHead + shape.Tokens * shape.PaddedHead + 2 * shape.HeadSize * shape.PaddedTokens
        + (2 * shape.PaddedQueries + TileProduct.Rows) * shape.PaddedTokens + shape.PaddedTokens * shape.PaddedHead;

    /// <param name="input">Queries of the head; keys and values follow after a width each.</param>
    /// <param name="output">Outputs of the head, a width apart.</param>
    /// <param name="logSums">For each query the logarithm of the sum of its exponentials, for <see cref="Backward"/>; null: not wanted.</param>
    /// <param name="shape">The numbers.</param>
    /// <param name="scratch">Aligned to a vector.</param>
    public static void Forward(T* input, T* output, float* logSums, AttentionShape shape, float* scratch)
    {
        int tokens = shape.PaddedTokens, head = shape.PaddedHead;
        float* queries = Take(ref scratch, shape.PaddedQueries * head), keys = Take(ref scratch, shape.HeadSize * tokens), values = Take(ref scratch, shape.Tokens * head);
        float* scores = Take(ref scratch, TileProduct.Rows * tokens), sums = Take(ref scratch, TileProduct.Rows * head);
        LoadRows(input + (nint)shape.First * 3 * shape.Width, queries, shape.Queries, 3 * shape.Width, shape, shape.Scale);
        LoadTransposed(input + shape.Width, keys, shape);
        LoadRows(input + 2 * shape.Width, values, shape.Tokens, 3 * shape.Width, shape, 1);
        float* total = stackalloc float[TileProduct.Rows];
        for (int query = 0; query < shape.Queries; query += TileProduct.Rows)
        {
            TileProduct.Multiply(queries + query * head, head, 1, keys, tokens, scores, tokens, TileProduct.Rows, tokens, shape.HeadSize);
            int count = Math.Min(TileProduct.Rows, shape.Queries - query);
            for (int row = 0; row < count; row++)
            {
                float largest = Largest(scores + row * tokens, shape.Tokens);
                total[row] = Exponentials(scores + row * tokens, shape.Tokens, largest);
                if (logSums != null) logSums[query + row] = largest + MathF.Log(total[row]);
            }
            TileProduct.Multiply(scores, tokens, 1, values, head, sums, head, TileProduct.Rows, head, shape.Tokens);
            for (int row = 0; row < count; row++) Rows.Store<T, TLanes>(sums + row * head, output + (nint)(query + row) * shape.Width, shape.HeadSize, 1 / total[row]);
        }
    }

    /// <param name="input">As in <see cref="Forward"/>.</param>
    /// <param name="output">What it gave.</param>
    /// <param name="logSums">What it gave.</param>
    /// <param name="outputGradient">Laid out like the output.</param>
    /// <param name="inputGradient">Laid out like the input; queries of tokens before <see cref="AttentionShape.First"/> are left alone.</param>
    /// <param name="shape">The numbers.</param>
    /// <param name="scratch">Aligned to a vector.</param>
    public static void Backward(T* input, T* output, float* logSums, T* outputGradient, T* inputGradient, AttentionShape shape, float* scratch)
    {
        int tokens = shape.PaddedTokens, head = shape.PaddedHead, asking = shape.PaddedQueries;
        float* queries = Take(ref scratch, asking * head), gradient = Take(ref scratch, asking * head), keyRows = Take(ref scratch, shape.Tokens * head);
        float* keys = Take(ref scratch, shape.HeadSize * tokens), values = Take(ref scratch, shape.HeadSize * tokens);
        float* weights = Take(ref scratch, asking * tokens), scores = Take(ref scratch, asking * tokens), block = Take(ref scratch, TileProduct.Rows * tokens), result = Take(ref scratch, tokens * head);
        LoadRows(input + (nint)shape.First * 3 * shape.Width, queries, shape.Queries, 3 * shape.Width, shape, shape.Scale);
        LoadRows(input + shape.Width, keyRows, shape.Tokens, 3 * shape.Width, shape, 1);
        LoadTransposed(input + shape.Width, keys, shape);
        LoadTransposed(input + 2 * shape.Width, values, shape);
        LoadRows(outputGradient, gradient, shape.Queries, shape.Width, shape, 1);
        LoadRows(output, result, shape.Queries, shape.Width, shape, 1);
        for (int query = 0; query < shape.Queries; query += TileProduct.Rows)
        {
            TileProduct.Multiply(queries + query * head, head, 1, keys, tokens, weights + query * tokens, tokens, TileProduct.Rows, tokens, shape.HeadSize);
            TileProduct.Multiply(gradient + query * head, head, 1, values, tokens, block, tokens, TileProduct.Rows, tokens, shape.HeadSize);
            for (int row = query; row < Math.Min(query + TileProduct.Rows, shape.Queries); row++)
            {
                Exponentials(weights + row * tokens, shape.Tokens, logSums[row]);
                float sum = Dot(result + row * head, gradient + row * head, shape.HeadSize);
                ScoreGradients(weights + row * tokens, block + (row - query) * tokens, scores + row * tokens, shape.Tokens, sum);
            }
        }
        TileProduct.Multiply(scores, tokens, 1, keyRows, head, result, head, asking, head, shape.Tokens);
        StoreRows(result, inputGradient + (nint)shape.First * 3 * shape.Width, shape.Queries, shape, shape.Scale);
        TileProduct.Multiply(scores, 1, tokens, queries, head, result, head, shape.Tokens, head, shape.Queries);
        StoreRows(result, inputGradient + shape.Width, shape.Tokens, shape, 1);
        TileProduct.Multiply(weights, 1, tokens, gradient, head, result, head, shape.Tokens, head, shape.Queries);
        StoreRows(result, inputGradient + 2 * shape.Width, shape.Tokens, shape, 1);
    }

    private static float* Take(ref float* scratch, int count)
    {
        float* taken = scratch;
        scratch += count;
        return taken;
    }

    // Loops are methods of their own, not inlined: all in one, they exceed what the compiler is willing to inline, and vector operations become calls.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void LoadRows(T* source, float* rows, int count, nint stride, AttentionShape shape, float factor)
    {
        for (int row = 0; row < count; row++) Rows.Load<T, TLanes>(source + row * stride, rows + row * shape.PaddedHead, shape.HeadSize, factor);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void StoreRows(float* rows, T* destination, int count, AttentionShape shape, float factor)
    {
        for (int row = 0; row < count; row++) Rows.Store<T, TLanes>(rows + row * shape.PaddedHead, destination + (nint)row * 3 * shape.Width, shape.HeadSize, factor);
    }

    // [tokens, headSize] to [headSize, padded tokens]; padded tokens are 0.
    private static void LoadTransposed(T* source, float* columns, AttentionShape shape) =>
        Transpose.Load<T, TLanes>(source, 3 * shape.Width, shape.Tokens, shape.HeadSize, columns, shape.PaddedTokens);

    private static float Largest(float* row, int count)
    {
        Vector512<float> largest = Vector512.Create(float.NegativeInfinity);
        for (int index = 0; index < count; index += Rows.Lanes) largest = Vector512.Max(largest, Masked(row + index, count - index, float.NegativeInfinity));
        return Rows.Largest(largest);
    }

    // exp(row - shift) in place, and its sum; 0 behind the end.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static float Exponentials(float* row, int count, float shift)
    {
        Vector512<float> sum = Vector512<float>.Zero, shifts = Vector512.Create(shift);
        for (int index = 0; index < count; index += Rows.Lanes)
        {
            Vector512<float> value = Vector512.Exp(Masked(row + index, count - index, float.NegativeInfinity) - shifts);
            value.Store(row + index);
            sum += value;
        }
        return Vector512.Sum(sum);
    }

    // Backward of softmax: weight * (gradient of the weight - sum over all weights of both), where the sum is the product of output and its gradient.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void ScoreGradients(float* weights, float* gradients, float* scores, int count, float sum)
    {
        Vector512<float> sums = Vector512.Create(sum);
        for (int index = 0; index < count; index += Rows.Lanes) (Vector512.Load(weights + index) * (Vector512.Load(gradients + index) - sums)).Store(scores + index);
    }

    private static float Dot(float* left, float* right, int count)
    {
        Vector512<float> sum = Vector512<float>.Zero;
        for (int index = 0; index < count; index += Rows.Lanes) sum += Vector512.Load(left + index) * Vector512.Load(right + index);
        return Vector512.Sum(sum);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Masked(float* source, int count, float other)
    {
        Vector512<float> values = Vector512.Load(source);
        return count >= Rows.Lanes ? values : Vector512.ConditionalSelect(Vector512.LessThan(Vector512<int>.Indices, Vector512.Create(count)).AsSingle(), values, Vector512.Create(other));
    }
}
