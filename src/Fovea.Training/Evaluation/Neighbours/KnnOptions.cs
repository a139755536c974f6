namespace Fovea.Training.Evaluation;

/// <summary>What k-NN is measured with.</summary>
internal sealed record KnnOptions
{
    /// <summary>Numbers of neighbours that vote, each measured. Default 10, 20, 100 and 200 (Caron et al. 2021); the headline's is added.</summary>
    public IReadOnlyList<int> Neighbours { get; init; } = [10, 20, 100, 200];

    /// <summary>Weights are exp(similarity / temperature). Default 0.07, above 0.</summary>
    public double Temperature { get; init; } = 0.07;

    /// <exception cref="ArgumentException">A number of neighbours below 1, none at all, or a temperature that is not above 0.</exception>
    public void Check()
    {
        if (Neighbours.Count == 0 || Neighbours.Any(count => count < 1))
        {
            throw new ArgumentException($"numbers of neighbours are whole numbers from 1 up, at least one; not '{string.Join(", ", Neighbours)}'.");
        }
        if (!(Temperature > 0) || double.IsInfinity(Temperature)) throw new ArgumentException($"the temperature is a number above 0; not {Temperature}.");
    }
}
