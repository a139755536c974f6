using System.Runtime.InteropServices;
using Fovea.Checkpoints;

namespace Fovea;

/// <summary>A tensor of a <see cref="Checkpoint"/>: name, element type, shape, and its numbers when they are asked for.</summary>
/// <remarks>Usable until the checkpoint is disposed, from many threads.</remarks>
public sealed class CheckpointTensor
{
    private readonly string _file;

    internal CheckpointTensor(string name, TensorView view, string file)
    {
        Name = name;
        View = view;
        _file = file;
    }

    /// <summary>The path to the tensor inside the file, joined with dots: `state.conv_proj.weight`. Integer keys are decimal.</summary>
    public string Name { get; }

    /// <summary>The type of its elements.</summary>
    public ElementType ElementType => View.ElementType;

    /// <summary>Its dimensions.</summary>
    public TensorShape Shape => View.Shape;

    /// <summary>Bytes of the dense tensor.</summary>
    public long ByteCount => View.ByteCount;

    internal TensorView View { get; }

    /// <summary>Writes the tensor's dense, row-major, little-endian bytes, however they lie in the file.</summary>
    /// <exception cref="CheckpointException">The bytes do not have the checksum that the file gives for them.</exception>
    /// <exception cref="ObjectDisposedException">The checkpoint was disposed.</exception>
    public void WriteTo(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        View.WriteTo(stream);
    }

    /// <summary>The tensor as float32, row-major; wider types are rounded to nearest.</summary>
    /// <exception cref="CheckpointException">The type has no float32 values (complex or packed), the tensor exceeds an array, or its bytes are damaged.</exception>
    /// <exception cref="ObjectDisposedException">The checkpoint was disposed.</exception>
    public float[] ReadFloats()
    {
        if (!FloatWidening.Knows(ElementType) || View.ElementCount > Array.MaxLength) throw CheckpointThrow.NotFloats(_file, Name, ElementType);
        float[] floats = new float[View.ElementCount];
        if (ElementType == ElementType.Float32)
        {
            View.CopyTo(0, MemoryMarshal.AsBytes(floats.AsSpan()));
            return floats;
        }
        const int Piece = 1 << 16;
        byte[] bytes = new byte[long.Min(Piece, View.ElementCount) * View.ElementSize];
        for (int first = 0; first < floats.Length; first += Piece)
        {
            Span<float> part = floats.AsSpan(first, int.Min(Piece, floats.Length - first));
            Span<byte> encoded = bytes.AsSpan(0, part.Length * View.ElementSize);
            View.CopyTo((long)first * View.ElementSize, encoded);
            FloatWidening.Widen(ElementType, encoded, part);
        }
        return floats;
    }
}
