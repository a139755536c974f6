using Fovea.Training.Randomness;

namespace Fovea.Training.Evaluation;

/// <summary>Draws as many samples of each class, in ascending order of the classes.</summary>
/// <param name="labels">Classes of the samples to draw from.</param>
/// <param name="seed">Chooses the draws.</param>
internal sealed class ShotSampler(IReadOnlyList<int> labels, ulong seed)
{
    private readonly int[][] _classes =
        [.. Enumerable.Range(0, labels.Count).GroupBy(sample => labels[sample]).OrderBy(group => group.Key).Select(group => group.ToArray())];

    /// <summary>The smallest class, and how many samples it has.</summary>
    public (int Label, int Samples) Smallest
    {
        get
        {
            int[] smallest = _classes.MinBy(samples => samples.Length)!;
            return (labels[smallest[0]], smallest.Length);
        }
    }

    /// <summary>Classes with fewer samples than so many.</summary>
    public int CountBelow(int shots) => _classes.Count(samples => samples.Length < shots);

    /// <summary>The samples of one run: different ones, except of a class that has fewer, which is drawn from with replacement.</summary>
    /// <param name="shots">Of each class.</param>
    /// <param name="run">From 0; the same run is the same draw, whatever the number of runs.</param>
    public IReadOnlyList<int> Draw(int shots, int run)
    {
        RandomStream random = new(seed, RandomPurpose.Evaluation, run, EvaluationDraws.Shots);
        List<int> drawn = [];
        foreach (int[] samples in _classes)
        {
            int[] left = [.. samples];
            for (int shot = 0; shot < shots; shot++)
            {
                if (samples.Length < shots)
                {
                    drawn.Add(samples[random.NextInteger(samples.Length)]);
                    continue;
                }
                int place = shot + random.NextInteger(left.Length - shot);                                     // the first steps of a shuffle
                (left[shot], left[place]) = (left[place], left[shot]);
                drawn.Add(left[shot]);
            }
        }
        return drawn;
    }
}
