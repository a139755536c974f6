namespace Fovea.Training.Data;

/// <summary>The pictures of one step, augmented and normalised. Dispose it when the pixels have been copied: the buffer is used again. A forgotten one only costs garbage.</summary>
internal abstract class TrainingBatch : IDisposable
{
    /// <summary>The label of a picture without one, as the reference has it.</summary>
    public const int NoLabel = -1;

    private readonly BatchBuffers _buffers;
    private readonly IPictureSet _pictures;
    private float[]? _pixels;

    private protected TrainingBatch(BatchBuffers buffers, IPictureSet pictures, long epoch, long step, long firstPosition, int firstInBatch)
    {
        _buffers = buffers;
        _pictures = pictures;
        (Epoch, Step, FirstPosition, FirstInBatch) = (epoch, step, firstPosition, firstInBatch);
        _pixels = buffers.Rent();
        Samples = new int[buffers.Pictures];
        Shape = buffers.Shape;
    }

    /// <summary>The epoch, from 0.</summary>
    public long Epoch { get; }

    /// <summary>The step within the epoch, from 0.</summary>
    public long Step { get; }

    /// <summary>The position within the epoch of the first picture; the others follow.</summary>
    public long FirstPosition { get; }

    /// <summary>The place within the global batch of the first picture: 0 in the first process.</summary>
    public int FirstInBatch { get; }

    /// <summary>[pictures, channels, height, width] of this process.</summary>
    public TensorShape Shape { get; }

    /// <summary>[pictures, channels, height, width], row-major, normalised; as long as that. Not to be used after <see cref="Dispose"/>.</summary>
    public float[] Pixels => _pixels ?? throw new ObjectDisposedException(nameof(TrainingBatch));

    /// <summary>[pictures]: which sample of the set each picture is.</summary>
    public int[] Samples { get; }

    /// <summary>How long the caller waited for this batch.</summary>
    public TimeSpan Waited { get; internal set; }

    /// <summary>The name of a picture, for messages.</summary>
    public string NameOf(int picture) => _pictures.NameOf(Samples[picture]);

    /// <summary>Gives the buffer back.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _pixels, null) is { } pixels) _buffers.Return(pixels);
    }
}

/// <summary>Pictures, and what is to be found in them.</summary>
/// <typeparam name="TTarget">What is known of one picture: for a classifier its class.</typeparam>
internal sealed class TrainingBatch<TTarget> : TrainingBatch
{
    internal TrainingBatch(BatchBuffers buffers, IPictureSet pictures, long epoch, long step, long firstPosition, int firstInBatch)
        : base(buffers, pictures, epoch, step, firstPosition, firstInBatch) => Targets = new TTarget[buffers.Pictures];

    /// <summary>[pictures]. Of labelled pictures class indices, <see cref="TrainingBatch.NoLabel"/> where none is known.</summary>
    public TTarget[] Targets { get; }
}
