using TorchSharp;

namespace Fovea.Training.Sharding;

/// <summary>Divides a batch among threads, each with networks of its own that share their values and keep their gradients apart.</summary>
/// <typeparam name="TShard">The networks as one thread uses them.</typeparam>
internal sealed class BatchShards<TShard> : IDisposable
{
    private readonly TShard[] _shards;
    private readonly ShardThreads? _threads;

    /// <param name="shards">One for each thread; a single one works on the caller's thread, where libtorch divides every operation instead.</param>
    public BatchShards(IEnumerable<TShard> shards)
    {
        _shards = [.. shards];
        if (_shards.Length > 1) _threads = new ShardThreads(_shards.Length);
    }

    /// <summary>The networks of the first share.</summary>
    public TShard First => _shards[0];

    /// <summary>Shares that a batch of so many pictures is divided into.</summary>
    public int SharesOf(int pictures) => Math.Min(_shards.Length, pictures);

    /// <summary>Works on all pictures of a batch.</summary>
    /// <param name="pictures">Pictures of the batch.</param>
    /// <param name="cut">The share of so many pictures from a first one on. Called here, since a tensor belongs to the dispose scope of the thread that makes it.</param>
    /// <param name="work">What a share gives; called on its thread. Tensors that outlive it are detached from its dispose scope.</param>
    /// <returns>One for each share, in the order of the batch.</returns>
    public TResult[] Run<TPart, TResult>(int pictures, Func<BatchShare, TPart> cut, Func<TShard, TPart, TResult> work)
    {
        if (_threads is null) return [work(_shards[0], cut(new BatchShare(0, pictures, pictures)))];
        int count = SharesOf(pictures);
        TPart[] parts = [.. Enumerable.Range(0, count).Select(shard =>
        {
            long first = (long)pictures * shard / count;
            return cut(new BatchShare(first, (long)pictures * (shard + 1) / count - first, pictures));
        })];
        TResult[] results = new TResult[count];
        _threads.Run(count, shard => results[shard] = work(_shards[shard], parts[shard]));
        return results;
    }

    public void Dispose() => _threads?.Dispose();
}

/// <summary>A part of a batch.</summary>
/// <param name="First">Its first picture.</param>
/// <param name="Count">Its pictures.</param>
/// <param name="Pictures">Pictures of the whole batch.</param>
internal readonly record struct BatchShare(long First, long Count, long Pictures)
{
    /// <summary>What a mean over this share weighs in the mean over the batch, times a weight of the whole.</summary>
    public double Of(double weight) => Count == Pictures ? weight : weight * Count / Pictures;

    /// <summary>This part of a tensor whose given axis counts pictures.</summary>
    public torch.Tensor Cut(torch.Tensor tensor, int axis = 0) => Count == Pictures ? tensor : tensor.narrow(axis, First, Count).contiguous();
}
