using Fovea.Training.Randomness;

namespace Fovea.Training.Evaluation;

/// <summary>A random tenth of the training samples, on which settings are chosen so that the test set chooses nothing; both parts in ascending order.</summary>
/// <param name="Kept">Nine tenths, to fit on.</param>
/// <param name="HeldOut">One tenth, at least one sample, to choose on.</param>
internal sealed record HeldOutSplit(IReadOnlyList<int> Kept, IReadOnlyList<int> HeldOut)
{
    /// <summary>The split of so many samples: a function of their number and the seed.</summary>
    /// <exception cref="EvaluationException">Fewer than two samples.</exception>
    public static HeldOutSplit Of(int samples, ulong seed)
    {
        if (samples < 2) throw EvaluationThrow.TooFewSamples("choosing settings on held-out samples", 2, samples);
        int[] order = [.. Enumerable.Range(0, samples)];
        RandomStream random = new(seed, RandomPurpose.Evaluation, place: EvaluationDraws.HeldOut);
        random.Shuffle<int>(order);
        int heldOut = Math.Max(1, (samples + 5) / 10);
        return new([.. order[heldOut..].Order()], [.. order[..heldOut].Order()]);
    }
}
