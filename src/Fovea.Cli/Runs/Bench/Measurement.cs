using System.Diagnostics;

namespace Fovea.Cli.Runs.Bench;

/// <summary>Something that is timed in rounds which take turns with others, so that a busy neighbour meets all of them.</summary>
/// <param name="Name">What a table calls it.</param>
/// <param name="Unit">What one is one of, per second or in milliseconds.</param>
/// <param name="Round">Works for about the given time and gives the figure.</param>
internal sealed record Measurement(string Name, string Unit, Func<TimeSpan, double> Round)
{
    private readonly List<double> _figures = [];

    public double Median => _figures.Order().ElementAt(_figures.Count / 2);

    public void Run(TimeSpan time) => _figures.Add(Round(time));

    /// <summary>So many a second, done by some callers at once.</summary>
    /// <param name="callers">Threads that call.</param>
    /// <param name="each">One piece of work.</param>
    public static Func<TimeSpan, double> Rate(int callers, Action each) => time =>
    {
        long done = 0;
        Stopwatch clock = Stopwatch.StartNew();
        Thread[] threads = [.. Enumerable.Range(0, callers).Select(_ => new Thread(() =>
        {
            do
            {
                each();
                Interlocked.Increment(ref done);
            }
            while (clock.Elapsed < time);
        }))];
        foreach (Thread thread in threads) thread.Start();
        foreach (Thread thread in threads) thread.Join();
        return done / clock.Elapsed.TotalSeconds;
    };
}
