namespace Fovea.Training.Evaluation;

/// <summary>
/// Where the relevant samples of one query stand when its gallery is sorted by similarity, equal ones by index. Everything is decided by exact similarities;
/// fast, inexact ones spare computing most of them.
/// </summary>
/// <param name="query">Its row.</param>
/// <param name="queries">Rows of the queries.</param>
/// <param name="gallery">Rows of the gallery.</param>
/// <param name="error">The most by which a fast similarity differs from the exact one.</param>
internal readonly struct RelevantRanks(int query, UnitRows queries, UnitRows gallery, double error)
{
    /// <summary>The ranks of the relevant samples, ascending, from 1; empty if there is none.</summary>
    /// <param name="fast">A fast similarity for each sample of the gallery.</param>
    /// <param name="labels">The class of each sample of the gallery.</param>
    /// <param name="label">The query's.</param>
    /// <param name="leftOut">A sample that is not in the gallery, or -1.</param>
    public int[] Of(ReadOnlySpan<double> fast, ReadOnlySpan<int> labels, int label, int leftOut)
    {
        List<(double Similarity, int Row)> relevant = [];
        for (int row = 0; row < fast.Length; row++)
        {
            if (row != leftOut && labels[row] == label) relevant.Add((Exact(row), row));
        }
        relevant.Sort((one, other) => one.Similarity != other.Similarity ? other.Similarity.CompareTo(one.Similarity) : one.Row.CompareTo(other.Row));
        int[] ranks = new int[relevant.Count];                                // first: others that stand directly in front of each
        for (int row = 0; row < fast.Length; row++)
        {
            if (row == leftOut || labels[row] == label) continue;
            int place = CountInFront(relevant, row, fast[row]);
            if (place < ranks.Length) ranks[place]++;
        }
        int ahead = 0;
        for (int place = 0; place < ranks.Length; place++) ranks[place] = place + 1 + (ahead += ranks[place]);
        return ranks;
    }

    // Relevant samples that stand in front of another one, by bisection.
    private int CountInFront(List<(double Similarity, int Row)> relevant, int row, double similarity)
    {
        (int low, int high, double uncertain) = (0, relevant.Count, error);
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (uncertain > 0 && Math.Abs(relevant[middle].Similarity - similarity) <= uncertain) (similarity, uncertain) = (Exact(row), 0);
            bool isInFront = relevant[middle].Similarity > similarity || (relevant[middle].Similarity == similarity && relevant[middle].Row < row);
            if (isInFront) low = middle + 1;
            else high = middle;
        }
        return low;
    }

    private double Exact(int row) => queries.Cosine(query, gallery, row);
}
