using System.Collections.Concurrent;

namespace Fovea.Training.Data;

/// <summary>Buffers of exactly one batch, used again and again: batches are far too large to be garbage.</summary>
internal sealed class BatchBuffers(TensorShape shape)
{
    private readonly ConcurrentBag<float[]> _free = [];

    /// <summary>[pictures, channels, height, width].</summary>
    public TensorShape Shape => shape;

    /// <summary>Pictures in a batch.</summary>
    public int Pictures { get; } = (int)shape[0];

    /// <summary>Numbers of one picture.</summary>
    public int PictureLength { get; } = (int)(shape.ElementCount / shape[0]);

    /// <summary>A buffer of unknown content.</summary>
    public float[] Rent() => _free.TryTake(out float[]? free) ? free : GC.AllocateUninitializedArray<float>(Pictures * PictureLength);

    public void Return(float[] buffer) => _free.Add(buffer);
}
