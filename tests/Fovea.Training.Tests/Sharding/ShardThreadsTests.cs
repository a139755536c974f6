using System.Collections.Concurrent;
using Fovea.Training.Sharding;
using static TorchSharp.torch;

namespace Fovea.Training.Tests.Sharding;

public class ShardThreadsTests
{
    [Fact]
    public void Each_share_has_its_own_thread_the_same_one_each_time_with_the_threads_of_libtorch_it_was_given()
    {
        int before = get_num_threads();
        using ShardThreads threads = new(count: 3, threadsEach: 1);
        ConcurrentBag<(int Share, int Thread, int Count)> seen = [];
        for (int run = 0; run < 4; run++) threads.Run(3, share => seen.Add((share, Environment.CurrentManagedThreadId, get_num_threads())));
        Assert.Equal(12, seen.Count);
        Assert.Equal([0, 1, 2], seen.Distinct().Select(one => one.Share).Order());
        Assert.Equal(3, seen.Select(one => one.Thread).Distinct().Count());
        Assert.DoesNotContain(Environment.CurrentManagedThreadId, seen.Select(one => one.Thread));
        Assert.All(seen, one => Assert.Equal(1, one.Count));
        Assert.Equal(before, get_num_threads());
    }

    [Fact]
    public void First_failure_is_thrown_after_all_have_ended_and_the_threads_go_on()
    {
        using ShardThreads threads = new(count: 3);
        int ended = 0;
        InvalidOperationException failure = Assert.Throws<InvalidOperationException>(() => threads.Run(3, share =>
        {
            Interlocked.Increment(ref ended);
            if (share > 0) throw new InvalidOperationException($"share {share}");
        }));
        Assert.Equal("share 1", failure.Message);
        Assert.Equal(3, ended);
        threads.Run(2, _ => Interlocked.Increment(ref ended));
        Assert.Equal(5, ended);
    }
}
