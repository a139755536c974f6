using System.Diagnostics;
using System.Runtime.CompilerServices;
using Fovea.Inference;

namespace Fovea.Training.Data;

/// <summary>
/// Batches of a set in the order of its epochs, made by threads of the loader's own a few batches ahead. A batch is a function of
/// (set, seed, batch size, maker, epoch, step): neither workers nor processes nor restarts change a bit of it.
/// </summary>
/// <remarks>Memory is bounded by the batches ahead and the cache. The loader does not own the set: dispose that after the last batch.</remarks>
/// <typeparam name="TTarget">What is known of one picture.</typeparam>
internal class BatchLoader<TTarget>
{
    private readonly IPictureSet _pictures;
    private readonly LoadingOptions _options;
    private readonly ISampleMaker<TTarget> _maker;
    private readonly BatchBuffers _buffers;
    private long _waitedTicks;

    /// <param name="pictures">What to train on.</param>
    /// <param name="maker">What becomes of each picture.</param>
    /// <param name="options">How.</param>
    /// <exception cref="ArgumentException">An option is outside its range.</exception>
    /// <exception cref="TrainingDataException">An epoch has fewer pictures than one batch.</exception>
    public BatchLoader(IPictureSet pictures, ISampleMaker<TTarget> maker, LoadingOptions options)
    {
        options.Check(maker.Shape);
        _pictures = options.CacheBytes > 0 ? new CachedPictures(pictures, options.CacheBytes) : pictures;
        _options = options;
        _maker = maker;
        _buffers = new BatchBuffers(new(options.LocalBatchSize, maker.Shape[0], maker.Shape[1], maker.Shape[2]));
        Broken = new BrokenPictures(options.MostBroken);
        PicturesPerEpoch = EpochOrder.CountOf(pictures.Sources);
        if (BatchesPerEpoch == 0) throw DataThrow.TooSmall(PicturesPerEpoch, options.BatchSize);
    }

    /// <summary>Pictures of an epoch, repeats counted; those behind the last whole batch are left out, others in each epoch.</summary>
    public long PicturesPerEpoch { get; }

    /// <summary>Steps of an epoch: whole batches.</summary>
    public long BatchesPerEpoch => PicturesPerEpoch / _options.BatchSize;

    /// <summary>Each source with its pictures in all and per epoch.</summary>
    public IReadOnlyList<SourceShare> Sources => _pictures.Sources;

    /// <summary>What could not be used so far, counted as batches are delivered.</summary>
    public BrokenPictures Broken { get; }

    /// <summary>How long callers have waited for batches so far: what a faster disk or more workers could save.</summary>
    public TimeSpan Waited => new(Interlocked.Read(ref _waitedTicks));

    /// <summary>All batches from a step on, epoch after epoch without end; stop by leaving the loop.</summary>
    /// <param name="epoch">From 0.</param>
    /// <param name="step">Within the epoch, from 0; that of its end is the first of the next.</param>
    /// <param name="cancellationToken">Ends the enumeration with <see cref="OperationCanceledException"/>, also in the middle of a batch.</param>
    /// <returns>Batches in order; dispose each when its pixels have been copied. One caller enumerates.</returns>
    /// <exception cref="TrainingDataException">While enumerating: too many pictures are broken.</exception>
    public IEnumerable<TrainingBatch<TTarget>> Read(long epoch = 0, long step = 0, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(epoch);
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(step, BatchesPerEpoch);
        return Timed(Deliver(epoch, step, cancellationToken).ToBlockingEnumerable(CancellationToken.None));
    }

    private IEnumerable<TrainingBatch<TTarget>> Timed(IEnumerable<TrainingBatch<TTarget>> batches)
    {
        using IEnumerator<TrainingBatch<TTarget>> enumerator = batches.GetEnumerator();
        while (true)
        {
            long start = Stopwatch.GetTimestamp();
            if (!enumerator.MoveNext()) yield break;
            TimeSpan waited = Stopwatch.GetElapsedTime(start);
            Interlocked.Add(ref _waitedTicks, waited.Ticks);
            enumerator.Current.Waited = waited;
            yield return enumerator.Current;
        }
    }

    private async IAsyncEnumerable<TrainingBatch<TTarget>> Deliver(long epoch, long step, [EnumeratorCancellation] CancellationToken cancellation)
    {
        int ahead = checked(_options.BatchesAhead * _options.LocalBatchSize);
        IAsyncEnumerable<(PictureJob<TTarget> Job, IReadOnlyList<FailedTry> Failed)> pictures =
            OrderedPipeline.Run(Jobs(epoch, step), _options.Workers, (job, _) => (job, job.Do(_pictures, _maker, _options.Seed)), ahead, cancellation);
        await foreach ((PictureJob<TTarget> job, IReadOnlyList<FailedTry> failed) in pictures.ConfigureAwait(false))
        {
            Broken.Note(failed);
            if (job.Index == _options.LocalBatchSize - 1) yield return job.Batch;
        }
    }

    private IEnumerable<PictureJob<TTarget>> Jobs(long epoch, long step)
    {
        for (; ; epoch++, step = 0)
        {
            EpochOrder order = _options.Weights is { } weights
                ? EpochOrder.Weighted(_options.Seed, epoch, weights, checked((int)PicturesPerEpoch))
                : EpochOrder.Create(_options.Seed, epoch, _pictures.Sources);
            for (; step < BatchesPerEpoch; step++)
            {
                int firstInBatch = _options.Process * _options.LocalBatchSize;
                TrainingBatch<TTarget> batch = new(_buffers, _pictures, epoch, step, step * _options.BatchSize + firstInBatch, firstInBatch);
                for (int index = 0; index < _options.LocalBatchSize; index++) yield return new(batch, index, order);
            }
        }
    }
}

/// <summary>Batches of augmented pictures and their class indices.</summary>
/// <param name="pictures">What to train on.</param>
/// <param name="options">How.</param>
internal sealed class BatchLoader(IPictureSet pictures, BatchLoaderOptions options)
    : BatchLoader<int>(pictures, new LabelledSamples(pictures, new Augmenter(options.Augmentation)), options);
