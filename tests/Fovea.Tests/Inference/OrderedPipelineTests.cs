using Fovea.Inference;

namespace Fovea.Tests.Inference;

public class OrderedPipelineTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public async Task Results_come_in_the_order_of_the_source_whatever_takes_long(int workers)
    {
        List<int> results = [];
        await foreach (int result in OrderedPipeline.Run(Enumerable.Range(0, 500), workers, (item, _) =>
        {
            Thread.SpinWait(item * 7919 % 101 * 200);
            return item * item;
        })) results.Add(result);
        Assert.Equal(Enumerable.Range(0, 500).Select(item => item * item), results);
    }

    [Fact]
    public async Task Source_is_read_no_further_than_the_bound_while_the_caller_holds_a_result()
    {
        int read = 0;
        IEnumerable<int> Source()
        {
            for (; read < 100_000; read++) yield return read;
        }
        await foreach (int result in OrderedPipeline.Run(Source(), 2, (item, _) => item))
        {
            Assert.True(read - result <= 2 * 4 + 4, $"{read} items were read when result {result} was held");
            if (result == 2_000) break;
        }
    }

    [Fact]
    public async Task Failure_of_the_work_comes_at_its_place()
    {
        List<int> results = [];
        InvalidOperationException failure = await Assert.ThrowsAsync<InvalidOperationException>(async () =>
        {
            await foreach (int result in OrderedPipeline.Run(Enumerable.Range(0, 100), 3, (item, _) => item == 42 ? throw new InvalidOperationException("item 42") : item)) results.Add(result);
        });
        Assert.Equal("item 42", failure.Message);
        Assert.Equal(Enumerable.Range(0, 42), results);
    }

    [Fact]
    public async Task Failure_of_the_source_comes_after_all_items_before_it()
    {
        static IEnumerable<int> Source()
        {
            for (int item = 0; item < 20; item++) yield return item;
            throw new IOException("the source broke off");
        }
        List<int> results = [];
        IOException failure = await Assert.ThrowsAsync<IOException>(async () =>
        {
            await foreach (int result in OrderedPipeline.Run(Source(), 3, (item, _) => item)) results.Add(result);
        });
        Assert.Equal("the source broke off", failure.Message);
        Assert.Equal(Enumerable.Range(0, 20), results);
    }

    [Fact]
    public async Task Cancellation_ends_the_work_that_is_under_way()
    {
        using CancellationTokenSource cancel = new();
        int started = 0;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (int result in OrderedPipeline.Run(Enumerable.Range(0, 100), 2, (item, stop) =>
            {
                if (Interlocked.Increment(ref started) == 2) cancel.Cancel();
                stop.WaitHandle.WaitOne();
                stop.ThrowIfCancellationRequested();
                return item;
            }, cancellation: cancel.Token)) Assert.Fail("no item can be done");
        });
        Assert.Equal(2, started);
    }

    [Fact]
    public async Task Source_is_disposed_when_the_caller_stops_early()
    {
        bool isDisposed = false;
        IEnumerable<int> Source()
        {
            try
            {
                for (int item = 0; ; item++) yield return item;
            }
            finally
            {
                isDisposed = true;
            }
        }
        await foreach (int result in OrderedPipeline.Run(Source(), 2, (item, _) => item))
        {
            if (result == 5) break;
        }
        Assert.True(isDisposed);
    }

    [Fact]
    public async Task No_more_items_are_ahead_than_asked_for()
    {
        int taken = 0;
        IEnumerable<int> Source()
        {
            for (int item = 0; item < 200; item++)
            {
                Interlocked.Increment(ref taken);
                yield return item;
            }
        }
        await foreach (int result in OrderedPipeline.Run(Source(), 2, (item, _) => item, ahead: 5))
        {
            // Five wait, the reader holds one more, and the caller has this one.
            Assert.InRange(Volatile.Read(ref taken), 0, result + 1 + 5 + 1);
        }
    }
}
