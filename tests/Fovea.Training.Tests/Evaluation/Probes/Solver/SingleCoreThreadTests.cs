using Fovea.Training.Evaluation;
using static TorchSharp.torch;

namespace Fovea.Training.Tests.Evaluation.Probes.Solver;

public class SingleCoreThreadTests
{
    [Fact]
    public void Every_number_works_once_with_one_core_and_the_callers_number_of_threads_stays()
    {
        int before = get_num_threads();
        int[] calls = new int[Math.Min(2, Environment.ProcessorCount)], cores = new int[calls.Length];
        SingleCoreThreads.Run(2, (number, count) =>
        {
            Assert.Equal(calls.Length, count);
            Interlocked.Increment(ref calls[number]);
            cores[number] = get_num_threads();
        });
        Assert.All(calls, count => Assert.Equal(1, count));
        Assert.All(cores, count => Assert.Equal(1, count));
        Assert.Equal(before, get_num_threads());
    }

    [Fact]
    public void Threads_that_begin_later_have_the_usual_number()
    {
        SingleCoreThreads.Run(1, (_, _) => { });
        int before = get_num_threads(), after = 0;
        Thread later = new(() => after = get_num_threads());
        later.Start();
        later.Join();
        Assert.Equal(before, after);
    }

    [Fact]
    public void Failure_of_a_thread_is_the_callers() =>
        Assert.Equal("from 0", Assert.Throws<InvalidOperationException>(() => SingleCoreThreads.Run(2, (number, _) => throw new InvalidOperationException($"from {number}"))).Message);
}
