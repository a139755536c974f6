using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Fovea.Inference;

/// <summary>
/// Items of a source through worker threads, results in the order of the source. One thread reads the source; as many workers as asked
/// for do the work; a fixed number of items is between the source and the caller, so memory is bounded whatever the source's length and
/// however slow the caller.
/// </summary>
/// <remarks>
/// A caller that stops early or cancels ends all threads before the enumeration ends; only a source that waits for somebody (standard
/// input) is left behind. An exception of the work comes at its item's place; one of the source after all items before it. Threads are
/// the pipeline's own: the work keeps a core busy, which pool threads must not.
/// </remarks>
internal static class OrderedPipeline
{
    private const int AheadPerWorker = 4;

    private static readonly TimeSpan SourcePatience = TimeSpan.FromSeconds(1);

    /// <param name="items">The source, enumerated on a thread of the pipeline.</param>
    /// <param name="workers">Threads that work, at least 1.</param>
    /// <param name="work">Called on those threads, once per item.</param>
    /// <param name="ahead">The most items between the source and the caller; null is <see cref="AheadPerWorker"/> for each worker.</param>
    /// <param name="cancellation">Ends the enumeration with <see cref="OperationCanceledException"/>.</param>
    public static async IAsyncEnumerable<TResult> Run<TItem, TResult>(
        IEnumerable<TItem> items,
        int workers,
        Func<TItem, CancellationToken, TResult> work,
        int? ahead = null,
        [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        BlockingCollection<Job<TItem, TResult>> waiting = [];                              // bounded by the results that may be ahead
        Channel<Task<TResult>> ordered = Channel.CreateBounded<Task<TResult>>(ahead ?? AheadPerWorker * workers);
        CancellationToken stopped = stop.Token;
        Task reader = Start(() => Read(items, waiting, ordered.Writer, stopped));
        Task[] working = [.. Enumerable.Range(0, workers).Select(_ => Start(() => Work(waiting, work, stopped)))];
        try
        {
            await foreach (Task<TResult> result in ordered.Reader.ReadAllAsync(cancellation).ConfigureAwait(false))
            {
                yield return await result.WaitAsync(cancellation).ConfigureAwait(false);
            }
            cancellation.ThrowIfCancellationRequested();                                   // a source may end early for the same reason
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(working).ConfigureAwait(false);
            await Task.WhenAny(reader, Task.Delay(SourcePatience, CancellationToken.None)).ConfigureAwait(false);
        }
    }

    private static void Read<TItem, TResult>(
        IEnumerable<TItem> items, BlockingCollection<Job<TItem, TResult>> waiting, ChannelWriter<Task<TResult>> ordered, CancellationToken stop)
    {
        Exception? failure = null;
        try
        {
            foreach (TItem item in items)
            {
                Job<TItem, TResult> job = new(item);
                ordered.WriteAsync(job.Result, stop).AsTask().GetAwaiter().GetResult();    // waits here when enough is ahead
                waiting.Add(job, stop);
            }
        }
        catch (Exception exception)
        {
            failure = exception;                                                           // handed to the caller, whose enumeration it ends
        }
        waiting.CompleteAdding();
        ordered.Complete(failure);
    }

    private static void Work<TItem, TResult>(BlockingCollection<Job<TItem, TResult>> waiting, Func<TItem, CancellationToken, TResult> work, CancellationToken stop)
    {
        try
        {
            foreach (Job<TItem, TResult> job in waiting.GetConsumingEnumerable(stop)) job.Do(work, stop);
        }
        catch (OperationCanceledException)
        {
            // The caller has gone; what is left in the collection nobody waits for.
        }
    }

    private static Task Start(Action action) => Task.Factory.StartNew(action, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private sealed class Job<TItem, TResult>(TItem item)
    {
        private readonly TaskCompletionSource<TResult> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<TResult> Result => _result.Task;

        public void Do(Func<TItem, CancellationToken, TResult> work, CancellationToken stop)
        {
            try
            {
                _result.SetResult(work(item, stop));
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                _result.SetCanceled(stop);
            }
            catch (Exception exception)
            {
                _result.SetException(exception);
                _ = _result.Task.Exception;                                                // observed: a caller that has gone does not look
            }
        }
    }
}
