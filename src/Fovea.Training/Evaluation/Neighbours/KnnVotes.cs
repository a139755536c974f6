using System.Numerics.Tensors;

namespace Fovea.Training.Evaluation;

/// <summary>
/// The vote of nearest neighbours: each votes for its class with weight exp(similarity / temperature), divided by the weights of all that vote (Wu et al. 2018, sec. 3.4).
/// </summary>
internal static class KnnVotes
{
    /// <summary>Counts the votes of one query.</summary>
    /// <param name="similarities">Of its neighbours, nearest first: [k].</param>
    /// <param name="neighbours">Their training rows: [k].</param>
    /// <param name="labels">Classes of the training rows.</param>
    /// <param name="temperature">Above 0; the lower, the more the nearest count.</param>
    /// <param name="votes">[classes], written: sums to 1.</param>
    public static void Count(ReadOnlySpan<double> similarities, ReadOnlySpan<int> neighbours, IReadOnlyList<int> labels, double temperature, Span<double> votes)
    {
        votes.Clear();
        double sum = 0;
        for (int index = 0; index < neighbours.Length; index++)
        {
            double weight = Math.Exp((similarities[index] - similarities[0]) / temperature);                 // the largest is 1, so nothing overflows
            votes[labels[neighbours[index]]] += weight;
            sum += weight;
        }
        TensorPrimitives.Divide(votes, sum, votes);
    }
}
