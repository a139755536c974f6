using static TorchSharp.torch;

namespace Fovea.Training.Sharding;

/// <summary>Where the threads of one batch show each other their rows, so that each can compute what needs the whole batch.</summary>
internal sealed class ShardMeeting : IDisposable
{
    private readonly Tensor?[] _rows;
    private readonly Barrier _barrier;
    private readonly CancellationTokenSource _broken = new();
    private Exception? _failure;

    /// <param name="count">Threads that meet.</param>
    public ShardMeeting(int count)
    {
        _rows = new Tensor?[count];
        _barrier = new Barrier(count);
    }

    /// <summary>Waits until all shards have given theirs.</summary>
    /// <param name="shard">Who calls.</param>
    /// <param name="rows">Its part; the shards' parts differ in the first axis only. Gradients flow back to it, and to nobody else's.</param>
    /// <returns>All parts in the order of the shards, along the first axis: a copy for the caller alone.</returns>
    public Tensor Gather(int shard, Tensor rows)
    {
        if (_rows.Length == 1) return rows;
        _rows[shard] = rows.detach();
        Meet();
        Tensor all = cat([.. _rows.Select((other, index) => index == shard ? rows : other!)], 0);
        Meet();                                                                    // nobody frees rows that another still copies
        return all;
    }

    /// <summary>A shard has failed: whoever waits for it fails too.</summary>
    public void Break(Exception failure)
    {
        Interlocked.CompareExchange(ref _failure, failure, null);
        _broken.Cancel();
    }

    public void Dispose()
    {
        _barrier.Dispose();
        _broken.Dispose();
    }

    private void Meet()
    {
        try
        {
            _barrier.SignalAndWait(_broken.Token);
        }
        catch (OperationCanceledException)
        {
            throw new InvalidOperationException($"another part of the batch failed: {_failure!.Message}", _failure);
        }
    }
}
