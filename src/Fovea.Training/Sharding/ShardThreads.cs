using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using static TorchSharp.torch;

namespace Fovea.Training.Sharding;

/// <summary>
/// Threads that compute one share of a batch each. Where all threads work on one operation at a time, they meet at a barrier after each of the thousands
/// of a step, and a neighbour who takes a core stops them all; here they meet once a step.
/// </summary>
/// <remarks>The threads live as long as the object, so that what libtorch keeps for each of them is kept. The number of shards moves the last bits of sums.</remarks>
internal sealed class ShardThreads : IDisposable
{
    private readonly BlockingCollection<Action>[] _work;
    private readonly Thread[] _threads;

    /// <param name="count">Shards that run at the same time.</param>
    /// <param name="threadsEach">Threads of libtorch for each.</param>
    public ShardThreads(int count, int threadsEach = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        int threadsOfOthers = get_num_threads();
        _work = [.. Enumerable.Range(0, count).Select(_ => new BlockingCollection<Action>())];
        _threads = [.. _work.Select((work, shard) => new Thread(() => Serve(work)) { IsBackground = true, Name = $"shard {shard}" })];
        foreach (Thread thread in _threads) thread.Start();
        Run(count, _ => UseThreads(threadsEach));
        UseThreads(threadsOfOthers);
    }

    public int Count => _threads.Length;

    /// <summary>Runs every share on a thread of its own, the same one each time, and waits for all.</summary>
    /// <param name="count">Shares: at most <see cref="Count"/>.</param>
    /// <param name="share">Is given the number of its share. What it throws is thrown here, the first share's first.</param>
    public void Run(int count, Action<int> share)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Count);
        using CountdownEvent left = new(count);
        ExceptionDispatchInfo?[] failures = new ExceptionDispatchInfo?[count];
        for (int index = 0; index < count; index++)
        {
            int number = index;
            _work[number].Add(() =>
            {
                try
                {
                    share(number);
                }
                catch (Exception exception)
                {
                    failures[number] = ExceptionDispatchInfo.Capture(exception);
                }
                finally
                {
                    left.Signal();
                }
            });
        }
        left.Wait();
        failures.FirstOrDefault(failure => failure is not null)?.Throw();
    }

    public void Dispose()
    {
        foreach (BlockingCollection<Action> work in _work) work.CompleteAdding();
        foreach (Thread thread in _threads) thread.Join();
        foreach (BlockingCollection<Action> work in _work) work.Dispose();
    }

    // libtorch sets the number of the calling thread, and the one that threads find which ask it for the first time, even if they have set their own.
    private static void UseThreads(int count)
    {
        get_num_threads();
        set_num_threads(count);
    }

    private static void Serve(BlockingCollection<Action> work)
    {
        foreach (Action action in work.GetConsumingEnumerable()) action();
    }
}
