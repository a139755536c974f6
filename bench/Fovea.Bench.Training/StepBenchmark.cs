using System.Globalization;

namespace Fovea.Bench.Training;

/// <summary>
/// One training step of I-JEPA: the straightforward one in float32, ours in float32, ours in bfloat16, in turns; medians over the rounds, and medians
/// of the ratios within a round.
/// </summary>
internal static class StepBenchmark
{
    private const int Rounds = 5;

    private sealed record Turn(string Name, Func<int, Measurement> Measure)
    {
        public List<Measurement> Results { get; } = [];
    }

    public static int Run(Workload workload)
    {
        int cores = Environment.ProcessorCount;
        using Worker baseline = new("straightforward", workload, cores), exact = new("fp32", workload, cores), half = new("bf16", workload, cores);
        List<Turn> turns = [new("straightforward fp32", baseline.Measure), new("Fovea fp32", exact.Measure), new("Fovea bf16", half.Measure)];
        Play(workload, turns);
        return 0;
    }

    /// <summary>As many processes of one thread as there are cores against one process of all: pictures/s of all of them together.</summary>
    public static int RunProcesses(Workload workload)
    {
        int cores = Environment.ProcessorCount;
        List<Turn> turns = [];
        List<Worker> workers = [];
        foreach (string contender in (string[])["fp32", "bf16"])
        {
            Worker one = new(contender, workload, cores);
            Worker[] many = [.. Enumerable.Range(0, cores).Select(_ => new Worker(contender, workload, 1))];
            workers.AddRange([one, .. many]);
            turns.Add(new Turn($"{contender}, one process of {cores} threads", one.Measure));
            turns.Add(new Turn($"{contender}, {cores} processes of one thread", steps => Together(many, steps)));
        }
        Play(workload, turns);
        workers.ForEach(worker => worker.Dispose());
        return 0;
    }

    private static Measurement Together(Worker[] workers, int steps)
    {
        Measurement[] each = new Measurement[workers.Length];
        Parallel.For(0, workers.Length, index => each[index] = workers[index].Measure(steps));
        return new Measurement(each.Sum(one => one.PicturesPerSecond), each.Sum(one => one.PerProcessorSecond), each[0].Loss, each.Sum(one => one.ResidentMegabytes));
    }

    private static void Play(Workload workload, List<Turn> turns)
    {
        double[] first = [.. turns.Select(turn => turn.Measure(1).Loss)];                // warms up; and a rival that computes something else would be no rival
        if (first.Any(loss => Math.Abs(loss - first[0]) > 0.01 * first[0])) throw new InvalidOperationException($"the first losses differ: {string.Join(", ", first)}.");
        for (int round = 0; round < Rounds; round++)
        {
            foreach (Turn turn in turns) turn.Results.Add(turn.Measure(workload.StepsPerRound));
        }
        foreach (Turn turn in turns)
        {
            Line($"{turn.Name,-36} {Middle(turn, one => one.PicturesPerSecond),8:F2} pictures/s ({turn.Results.Min(one => one.PicturesPerSecond):F2} to {turn.Results.Max(one => one.PicturesPerSecond):F2}); of processor time {Middle(turn, one => one.PerProcessorSecond):F2}; {turn.Results[^1].ResidentMegabytes:F0} MB; loss {turn.Results[^1].Loss:F4}");
        }
        foreach (Turn turn in turns.Skip(1))
        {
            Line($"{turn.Name} / {turns[0].Name}: {Ratio(turn, turns[0], one => one.PicturesPerSecond):F2}; of processor time {Ratio(turn, turns[0], one => one.PerProcessorSecond):F2}");
        }
    }

    private static double Middle(Turn turn, Func<Measurement, double> of) => Middle(turn.Results.Select(of));

    private static double Ratio(Turn ours, Turn theirs, Func<Measurement, double> of) => Middle(ours.Results.Zip(theirs.Results, (one, other) => of(one) / of(other)));

    private static double Middle(IEnumerable<double> values) => values.Order().ElementAt(values.Count() / 2);

    private static void Line(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
