using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Training.Evaluation;

/// <summary>Does a search by a picture find pictures of its class? Average precision over the whole gallery, and recall at a few ranks.</summary>
internal static class RetrievalEvaluation
{
    private const int GalleryBlock = 4096, QueryBlock = 256, MostSimilarities = 1 << 24;

    /// <summary>Searches a gallery for each query, or a set within itself when both are the same object: each sample against all others.</summary>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    /// <exception cref="EvaluationException">The sets cannot be measured, or a query has nothing to find where that is an error.</exception>
    public static RetrievalReport Evaluate(FeatureSet gallery, FeatureSet queries, RetrievalOptions options, CancellationToken cancellation = default)
    {
        options.Check();
        EvaluationData data = new(gallery, queries);
        bool leavesOneOut = ReferenceEquals(data.Train, data.Test);
        Found[] found = Search(data, leavesOneOut, cancellation);
        int empty = Array.FindIndex(found, query => query.FirstRank == 0);
        if (empty >= 0 && !options.SkipsEmpty) throw EvaluationThrow.NothingRelevant(data.Test.Names[empty], data.ClassName(data.Test.Labels[empty]));
        Found[] measured = [.. found.Where(query => query.FirstRank > 0)];
        if (measured.Length == 0) throw EvaluationThrow.NothingToFind();
        double[] precisions = [.. measured.Select(query => query.AveragePrecision)];
        IEnumerable<RetrievalReport.RecallAt> recall = options.Ranks.Distinct().Order().Select(rank =>
            new RetrievalReport.RecallAt(rank, Estimate.OfShare(measured.Count(query => query.FirstRank <= rank), measured.Length)));
        return new(data.Summary, options.Seed, leavesOneOut, found.Length - measured.Length, Bootstrap.OfMean(precisions, options.Seed), [.. recall], precisions);
    }

    /// <summary>The mean over the relevant samples of the share of relevant ones up to each: no interpolation, no cut.</summary>
    /// <param name="ranks">Of the relevant samples, ascending, from 1; at least one.</param>
    public static double AveragePrecision(int[] ranks) => ranks.Index().Average(pair => (pair.Index + 1.0) / pair.Item);

    private static Found[] Search(EvaluationData data, bool leavesOneOut, CancellationToken cancellation)
    {
        UnitRows gallery = new(data.Train.Features), queries = leavesOneOut ? gallery : new(data.Test.Features);
        double error = 2 * gallery.ProductError(Math.ScaleB(1, -53));
        int count = data.Train.Count, size = Math.Clamp(MostSimilarities / count, 1, QueryBlock);
        int[] labels = [.. data.Train.Labels];
        Found[] found = new Found[data.Test.Count];
        int width = gallery.Features.Width;
        double[] similarities = new double[size * count], queryValues = new double[size * width], galleryValues = new double[Math.Min(GalleryBlock, count) * width];
        foreach (RowBlock block in RowBlock.Cover(data.Test.Count, size))
        {
            cancellation.ThrowIfCancellationRequested();
            Multiply(queries, block, queryValues, gallery, galleryValues, similarities);
            Parallel.For(0, block.Count, index =>
            {
                int query = block.First + index;
                RelevantRanks relevant = new(query, queries, gallery, error);
                int[] ranks = relevant.Of(similarities.AsSpan(index * count, count), labels, data.Test.Labels[query], leavesOneOut ? query : -1);
                if (ranks.Length > 0) found[query] = new(AveragePrecision(ranks), ranks[0]);
            });
        }
        return found;
    }

    private static void Multiply(UnitRows queries, RowBlock block, double[] queryValues, UnitRows gallery, double[] galleryValues, double[] products)   // [queries, gallery]
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable mode = inference_mode();
        int width = gallery.Features.Width, all = gallery.Features.Rows;
        queries.Read(block.First, queryValues.AsSpan(0, block.Count * width));
        Tensor rows = Shared(queryValues, block.Count, width), written = Shared(products, block.Count, all);
        foreach (RowBlock some in RowBlock.Cover(all, GalleryBlock))
        {
            using DisposeScope inner = NewDisposeScope();
            gallery.Read(some.First, galleryValues.AsSpan(0, some.Count * width));
            written.narrow(1, some.First, some.Count).copy_(rows.matmul(Shared(galleryValues, some.Count, width).t()));
        }
    }

    private static Tensor Shared(double[] values, int rows, int columns) => frombuffer(values, float64, (long)rows * columns).reshape(rows, columns);

    /// <summary>What one query found; the rank 0 is none.</summary>
    private readonly record struct Found(double AveragePrecision, int FirstRank);
}
