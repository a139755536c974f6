namespace Fovea;

/// <summary>One picture as a network takes it: normalised numbers, channels first.</summary>
public sealed class ImageTensor
{
    internal ImageTensor(TensorShape shape, ReadOnlyMemory<float> values)
    {
        Shape = shape;
        Values = values;
    }

    /// <summary>[1, channels, height, width].</summary>
    public TensorShape Shape { get; }

    /// <summary>Row-major; red, green, blue planes, or one grey plane.</summary>
    public ReadOnlyMemory<float> Values { get; }
}
