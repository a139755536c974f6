using System.Numerics;
using TorchSharp;

namespace Fovea.Training.Evaluation;

/// <summary>
/// For each query the rows of a training matrix with the largest cosine similarity, exactly: equal similarity, lower row. Products in float32 by blocks only
/// say which rows may be among them; whoever might be is compared by <see cref="UnitRows.Cosine"/>. So the result is that of plain double
/// arithmetic, at the speed of float32 products and without ever holding all similarities.
/// </summary>
internal sealed class NearestNeighbours
{
    private const int TrainBlock = 4096, QueryBlock = 1024;                   // 16 MB of similarities; products of this size run at the machine's rate

    private readonly int[] _indices;
    private readonly double[] _similarities;

    private NearestNeighbours(int queries, int count)
    {
        (Queries, Count) = (queries, count);
        (_indices, _similarities) = (new int[checked(queries * count)], new double[queries * count]);
    }

    /// <summary>Queries.</summary>
    public int Queries { get; }

    /// <summary>Neighbours of each.</summary>
    public int Count { get; }

    /// <summary>Training rows, nearest first: [count].</summary>
    public ReadOnlySpan<int> Indices(int query) => _indices.AsSpan(query * Count, Count);

    /// <summary>Their cosine similarities: [count].</summary>
    public ReadOnlySpan<double> Similarities(int query) => _similarities.AsSpan(query * Count, Count);

    /// <summary>Searches.</summary>
    /// <param name="train">Whose rows are found.</param>
    /// <param name="queries">Whose neighbours are wanted; the same matrix for neighbours within a set.</param>
    /// <param name="count">How many; all, where there are fewer.</param>
    /// <param name="leavesOneOut">Whether row i is no neighbour of query i.</param>
    /// <param name="cancellation">Ends the search between blocks.</param>
    public static NearestNeighbours Search(FeatureMatrix train, FeatureMatrix queries, int count, bool leavesOneOut = false, CancellationToken cancellation = default)
    {
        UnitRows trainRows = new(train), queryRows = ReferenceEquals(train, queries) ? trainRows : new(queries);
        NearestNeighbours found = new(queries.Rows, Math.Min(count, leavesOneOut ? train.Rows - 1 : train.Rows));
        if (found.Count == 0) return found;
        int[] counts = new int[queries.Rows];
        float[] trainValues = new float[TrainBlock * train.Width], queryValues = new float[QueryBlock * train.Width], products = new float[QueryBlock * TrainBlock];
        foreach (RowBlock some in RowBlock.Cover(train.Rows, TrainBlock))
        {
            trainRows.Read(some.First, trainValues.AsSpan(0, some.Count * train.Width));
            foreach (RowBlock block in RowBlock.Cover(queries.Rows, QueryBlock))
            {
                cancellation.ThrowIfCancellationRequested();
                queryRows.Read(block.First, queryValues.AsSpan(0, block.Count * train.Width));
                Multiply(queryValues, block.Count, trainValues, some.Count, train.Width, products);
                Parallel.For(0, block.Count, index =>
                {
                    int query = block.First + index;
                    NearestList nearest = found.List(query, counts[query]);
                    Scan(products.AsSpan(index * some.Count, some.Count), some.First, trainRows, queryRows, query, leavesOneOut ? query : -1, ref nearest);
                    counts[query] = nearest.Count;
                });
            }
        }
        return found;
    }

    private NearestList List(int query, int filled) => new(_indices.AsSpan(query * Count, Count), _similarities.AsSpan(query * Count, Count), filled);

    private static void Multiply(float[] queries, int queryCount, float[] train, int trainCount, int width, float[] products)      // [queries, train]
    {
        using DisposeScope scope = torch.NewDisposeScope();
        using IDisposable mode = torch.inference_mode();
        Shared(products, queryCount, trainCount).addmm_(Shared(queries, queryCount, width), Shared(train, trainCount, width).t(), beta: 0, alpha: 1);
    }

    private static torch.Tensor Shared(float[] values, int rows, int columns) => torch.frombuffer(values, torch.float32, (long)rows * columns).reshape(rows, columns);

    // Whole vectors are passed over at once while none of their products could displace the least of the nearest.
    private static void Scan(ReadOnlySpan<float> products, int firstRow, UnitRows train, UnitRows queries, int query, int leftOut, ref NearestList nearest)
    {
        double error = train.ProductError(Math.ScaleB(1, -24));
        float enough = Enough(nearest.Least - error);
        for (int first = 0; first < products.Length; first += Vector<float>.Count)
        {
            ReadOnlySpan<float> some = products[first..Math.Min(products.Length, first + Vector<float>.Count)];
            if (some.Length == Vector<float>.Count && !Vector.GreaterThanOrEqualAny(new Vector<float>(some), new Vector<float>(enough))) continue;
            for (int lane = 0; lane < some.Length; lane++)
            {
                int row = firstRow + first + lane;
                if (some[lane] < enough || row == leftOut) continue;
                nearest.Offer(row, queries.Cosine(query, train, row));
                enough = Enough(nearest.Least - error);
            }
        }
    }

    private static float Enough(double similarity) => MathF.BitDecrement((float)similarity);
}
