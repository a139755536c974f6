using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using static TorchSharp.torch;

namespace Fovea.Training.Evaluation;

/// <summary>
/// Threads, one for each core, in which libtorch uses no others. Libtorch's own threads wait for each other by spinning after every operation, which a busy
/// neighbour can make ten times slower; these meet once, when all is done. Begun when they are first needed; they live as long as the process.
/// </summary>
internal static class SingleCoreThreads
{
    private static readonly Lazy<BlockingCollection<Action>> Waiting = new(Start);

    /// <summary>Does work in as many threads as there are cores, or fewer, and waits for all. Not to be called from such work.</summary>
    /// <param name="most">Threads at most, at least 1.</param>
    /// <param name="work">Told its number, from 0, and how many there are.</param>
    /// <exception cref="Exception">The first that the work threw, by number.</exception>
    public static void Run(int most, Action<int, int> work)
    {
        int count = Math.Clamp(Environment.ProcessorCount, 1, most);
        ExceptionDispatchInfo?[] failures = new ExceptionDispatchInfo?[count];
        using CountdownEvent done = new(count);
        for (int each = 0; each < count; each++)
        {
            int number = each;
            Waiting.Value.Add(() =>
            {
                try
                {
                    work(number, count);
                }
                catch (Exception failure)
                {
                    failures[number] = ExceptionDispatchInfo.Capture(failure);
                }
                done.Signal();
            });
        }
        done.Wait();
        failures.FirstOrDefault(failure => failure is not null)?.Throw();
    }

    private static BlockingCollection<Action> Start()
    {
        BlockingCollection<Action> waiting = [];
        using CountdownEvent ready = new(Environment.ProcessorCount);
        int usual = get_num_threads();
        for (int each = 0; each < Environment.ProcessorCount; each++)
        {
            new Thread(() =>
            {
                _ = get_num_threads();                                        // a thread's first use of libtorch overwrites what was set before it
                set_num_threads(1);
                ready.Signal();
                foreach (Action work in waiting.GetConsumingEnumerable()) work();
            })
            { IsBackground = true, Name = "evaluation" }.Start();
        }
        // The number is a thread's own, but what was set last is also what threads begin with that have not used libtorch yet: that is put back.
        ready.Wait();
        set_num_threads(usual);
        return waiting;
    }
}
