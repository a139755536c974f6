using System.Runtime.InteropServices;

namespace Fovea.Tests.Graphs;

/// <summary>The tensors of one golden file by name.</summary>
internal sealed class GoldenTensors : IDisposable
{
    private readonly Checkpoint _checkpoint;
    private readonly Dictionary<string, CheckpointTensor> _tensors;

    public GoldenTensors(string path)
    {
        _checkpoint = Checkpoint.Open(path);
        _tensors = _checkpoint.Tensors.ToDictionary(tensor => tensor.Name);
    }

    public IReadOnlyDictionary<string, string> Metadata => _checkpoint.Metadata;

    public IEnumerable<string> Names => _tensors.Keys;

    public bool Has(string name) => _tensors.ContainsKey(name);

    public TensorShape Shape(string name) => _tensors[name].Shape;

    public float[] Floats(string name) => _tensors[name].ReadFloats();

    public double[] Doubles(string name) => Values<double>(name, ElementType.Float64);

    public long[] Integers(string name) => Values<long>(name, ElementType.Int64);

    public byte[] Bytes(string name) => Values<byte>(name, ElementType.UInt8);

    /// <summary>The weights: `state.KEY`, under their own keys.</summary>
    public Dictionary<string, Fovea.Checkpoints.Weight> State() => _tensors.Values
        .Where(tensor => tensor.Name.StartsWith("state.", StringComparison.Ordinal))
        .ToDictionary(tensor => tensor.Name["state.".Length..], tensor => new Fovea.Checkpoints.Weight(tensor.Shape, tensor.ReadFloats()));

    public void Dispose() => _checkpoint.Dispose();

    private T[] Values<T>(string name, ElementType type)
        where T : unmanaged
    {
        Assert.Equal(type, _tensors[name].ElementType);
        using MemoryStream bytes = new();
        _tensors[name].WriteTo(bytes);
        return MemoryMarshal.Cast<byte, T>(bytes.ToArray()).ToArray();
    }
}
