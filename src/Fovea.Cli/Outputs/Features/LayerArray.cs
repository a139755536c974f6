using System.Runtime.InteropServices;

namespace Fovea.Cli.Outputs.Features;

/// <summary>One layer's array [pictures, ...], growing in a file of its own until it is copied into the archive.</summary>
internal sealed class LayerArray(string name, TensorShape shape, FileStream spool) : IDisposable
{
    private long _pictures;

    public string Name => name;

    /// <summary>Of one picture.</summary>
    public TensorShape Shape => shape;

    public void Add(ReadOnlySpan<float> values)
    {
        if (values.Length != shape.ElementCount) throw new ArgumentException($"Layer '{name}' of shape {shape} has {values.Length} numbers.", nameof(values));
        spool.Write(MemoryMarshal.AsBytes(values));
        _pictures++;
    }

    public void WriteTo(Stream target)
    {
        target.Write(NpyHeader.Write("<f4", [_pictures, .. shape.Dimensions]));
        spool.Position = 0;
        spool.CopyTo(target);
    }

    public void Dispose() => spool.Dispose();
}
