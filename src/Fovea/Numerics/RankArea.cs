namespace Fovea.Numerics;

/// <summary>Area under the receiver operating characteristic, exactly, by mid-ranks (Mann and Whitney 1947).</summary>
internal static class RankArea
{
    /// <summary>How probable it is that a positive's score is above a negative's; equal scores count half. 0.5 is no relation.</summary>
    /// <param name="scores">One per sample.</param>
    /// <param name="isPositive">One per sample.</param>
    /// <returns>From 0 to 1; NaN where one of the groups is empty.</returns>
    public static double Of(ReadOnlySpan<double> scores, ReadOnlySpan<bool> isPositive)
    {
        double[] sorted = scores.ToArray();
        int[] order = [.. Enumerable.Range(0, sorted.Length)];
        Array.Sort(sorted, order);
        double rankSum = 0;
        long positives = 0;
        for (int first = 0; first < sorted.Length;)
        {
            int end = first + 1;
            while (end < sorted.Length && sorted[end] == sorted[first]) end++;
            double rank = (first + 1 + end) / 2.0;                                 // the mean of the ranks first + 1 .. end
            for (int place = first; place < end; place++)
            {
                if (!isPositive[order[place]]) continue;
                rankSum += rank;
                positives++;
            }
            first = end;
        }
        long negatives = sorted.Length - positives;
        return positives == 0 || negatives == 0 ? double.NaN : (rankSum - positives * (positives + 1) / 2.0) / ((double)positives * negatives);
    }
}
