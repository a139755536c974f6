namespace Fovea.Training.Evaluation;

/// <summary>
/// Places of <see cref="Randomness.RandomPurpose.Evaluation"/>: protocols with one seed share no number. Part of what makes results repeatable; never change one.
/// </summary>
internal static class EvaluationDraws
{
    /// <summary>Samples of each class of a few-shot run; time: the run.</summary>
    public const int Shots = 0;

    /// <summary>The held-out tenth.</summary>
    public const int HeldOut = 1;

    /// <summary>Draws of a bootstrap; time: the resample.</summary>
    public const int Bootstrap = 2;

    /// <summary>Start values of linear heads; time: the head, those of all features numbered through.</summary>
    public const int Heads = 3;

    /// <summary>The order of an epoch of the sweep; time: the epoch.</summary>
    public const int Epoch = 4;
}
