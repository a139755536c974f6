namespace Fovea.Training.Evaluation;

/// <summary>What retrieval is measured with.</summary>
internal sealed record RetrievalOptions
{
    /// <summary>Recall is measured among so many of the nearest. Default 1, 5 and 10.</summary>
    public IReadOnlyList<int> Ranks { get; init; } = [1, 5, 10];

    /// <summary>Whether queries without a sample of their class in the gallery are counted and left out. Default false: the first ends the evaluation.</summary>
    public bool SkipsEmpty { get; init; }

    /// <summary>Draws of the interval of mAP. Default 0.</summary>
    public ulong Seed { get; init; }

    /// <exception cref="ArgumentException">A rank below 1, or none.</exception>
    public void Check()
    {
        if (Ranks.Count == 0 || Ranks.Any(rank => rank < 1))
        {
            throw new ArgumentException($"recall is measured at whole numbers from 1 up, at least one; not '{string.Join(", ", Ranks)}'.");
        }
    }
}
