namespace Fovea.Training.Evaluation;

/// <summary>How few-shot classification is repeated.</summary>
internal sealed record FewShotOptions
{
    /// <summary>Samples of each class to learn from, each measured. Default 1 and 5.</summary>
    public IReadOnlyList<int> Shots { get; init; } = [1, 5];

    /// <summary>Draws of the samples. Default 5.</summary>
    public int Runs { get; init; } = 5;

    /// <summary>Chooses the draws. Default 0.</summary>
    public ulong Seed { get; init; }

    /// <summary>Whether a class with fewer samples than shots is an error. Default false: it is drawn with replacement, as the reference does, and then holds fewer different ones.</summary>
    public bool StrictShots { get; init; }

    /// <exception cref="ArgumentException">A number that is not above 0, or no shots at all.</exception>
    public void Check()
    {
        if (Shots.Count == 0 || Shots.Any(count => count < 1))
        {
            throw new ArgumentException($"shots are whole numbers from 1 up, at least one; not '{string.Join(", ", Shots)}'.");
        }
        if (Runs < 1) throw new ArgumentException($"there is at least 1 run; not {Runs}.");
    }
}
