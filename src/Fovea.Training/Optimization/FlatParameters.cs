using Fovea.Checkpoints;
using Fovea.Networks;
using Fovea.Training.Networks;
using Fovea.Training.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Training.Optimization;

/// <summary>
/// All learned values of a network in one buffer, and their gradients in another. Networks hold views of it, so that an optimiser step, a moving
/// average, a checksum or an exchange between processes is one pass over one array.
/// </summary>
/// <remarks>With <see cref="ComputeType.BFloat16"/> the matrices have bfloat16 copies that the networks multiply with; float32 stays the truth.</remarks>
internal sealed class FlatParameters : IDisposable
{
    /// <summary>Parameters begin at multiples of this many elements: one cache line.</summary>
    private const long Alignment = 16;

    private readonly Func<string, bool> _isTrained;
    private readonly Dictionary<string, Tensor> _leaves = [];
    private readonly List<FlatParameters> _replicas = [];
    private readonly List<Tensor> _owned = [];

    /// <param name="contract">Keys and shapes, in the order that checkpoints keep.</param>
    /// <param name="compute">What the networks multiply in.</param>
    /// <param name="hasGradients">Whether they are trained.</param>
    /// <param name="device">Where they live; null: the processor.</param>
    /// <param name="isTrained">Which keys get gradients where any do; what is computed of the others alone is not recorded. Null: all.</param>
    public FlatParameters(IEnumerable<Parameter> contract, ComputeType compute, bool hasGradients, Device? device = null, Func<string, bool>? isTrained = null)
    {
        _isTrained = isTrained ?? (_ => true);
        List<ParameterSlice> slices = [];
        long offset = 0;
        IReadOnlyList<Parameter> parameters = [.. contract];
        HashSet<string> products = [.. parameters.Where(parameter => parameter.Key.EndsWith(".weight", StringComparison.Ordinal) && parameter.Shape.Rank >= 2).Select(parameter => parameter.Key)];
        foreach (Parameter parameter in parameters)
        {
            string weight = parameter.Key.EndsWith(".bias", StringComparison.Ordinal) ? $"{parameter.Key[..^"bias".Length]}weight" : parameter.Key;
            slices.Add(new ParameterSlice(parameter, offset, products.Contains(weight)));
            offset += (parameter.Shape.ElementCount + Alignment - 1) / Alignment * Alignment;
        }
        Slices = slices;
        Compute = compute;
        Values = Own(zeros(offset, device: device));
        if (hasGradients) Gradients = Own(zeros(offset, device: device));
        if (compute == ComputeType.BFloat16)
        {
            Copies = Own(zeros(offset, ScalarType.BFloat16, device));
            if (hasGradients) CopiedGradients = Own(zeros(offset, ScalarType.BFloat16, device));
        }
        foreach (ParameterSlice slice in slices) _leaves.Add(slice.Parameter.Key, Leaf(slice));
    }

    private FlatParameters(FlatParameters original)
    {
        _isTrained = original._isTrained;
        Slices = original.Slices;
        Compute = original.Compute;
        Values = original.Values;
        Copies = original.Copies;
        Gradients = Own(zeros_like(original.Gradients!));
        if (original.CopiedGradients is not null) CopiedGradients = Own(zeros_like(original.CopiedGradients));
        foreach (ParameterSlice slice in Slices) _leaves.Add(slice.Parameter.Key, Leaf(slice));
    }

    public IReadOnlyList<ParameterSlice> Slices { get; }

    public ComputeType Compute { get; }

    /// <summary>Every value, [elements], float32. What lies between two parameters is 0 and stays so.</summary>
    public Tensor Values { get; }

    /// <summary>Every gradient, [elements], float32: complete after <see cref="CollectGradients"/>; null where nothing is trained.</summary>
    public Tensor? Gradients { get; }

    /// <summary>With <see cref="ComputeType.BFloat16"/>: every value rounded, [elements], at the same places; else null.</summary>
    public Tensor? Copies { get; }

    /// <summary>The gradients of <see cref="Copies"/> since they were last collected, at the same places; null without copies or gradients.</summary>
    private Tensor? CopiedGradients { get; }

    /// <summary>What the networks hold, by key.</summary>
    public IReadOnlyDictionary<string, Tensor> Leaves => _leaves;

    /// <summary>A parameter's float32 values as they lie in the buffer, in its own shape; dispose it.</summary>
    public Tensor View(ParameterSlice slice) => Part(Values, slice);

    /// <summary>A parameter's float32 gradient as it lies in the buffer, in its own shape; dispose it.</summary>
    public Tensor GradientView(ParameterSlice slice) => Part(Gradients ?? throw new InvalidOperationException("these parameters are not trained."), slice);

    /// <summary>The same values, with gradients of their own, which <see cref="CollectGradients"/> of this object adds to its own: for a second thread.</summary>
    /// <returns>Belongs to this object and is disposed with it.</returns>
    public FlatParameters AddReplica()
    {
        FlatParameters replica = new(this);
        _replicas.Add(replica);
        return replica;
    }

    /// <summary>After every backward pass: adds the gradients of the bfloat16 copies and those of all replicas, which are then 0, to the float32 ones.</summary>
    public void CollectGradients()
    {
        Tensor[] exact = [.. _replicas.Select(replica => replica.Gradients!)];
        Tensor[] rounded = [.. _replicas.Prepend(this).Select(one => one.CopiedGradients).OfType<Tensor>()];
        if (exact.Length + rounded.Length == 0) return;
        if (Gradients!.device_type == DeviceType.CPU)
        {
            GradientKernel.Collect(Slices, Gradients, exact, rounded);
            return;
        }
        foreach (Tensor gradients in exact.Concat(rounded))
        {
            Gradients.PlusInPlace(gradients);
            gradients.zero_();
        }
    }

    /// <summary>After every change of <see cref="Values"/>: makes the bfloat16 copies equal again.</summary>
    public void RefreshCopies() => Copies?.copy_(Values);

    /// <summary>Sets every value.</summary>
    /// <param name="weights">One for every key, of its shape.</param>
    public void Load(IReadOnlyDictionary<string, Weight> weights)
    {
        foreach (ParameterSlice slice in Slices)
        {
            Weight weight = weights[slice.Parameter.Key];
            if (weight.Shape != slice.Parameter.Shape) throw new ArgumentException($"{slice.Parameter.Key} has the shape {weight.Shape} instead of {slice.Parameter.Shape}.", nameof(weights));
            using Tensor values = tensor(weight.Values.ToArray());
            using Tensor place = Values.narrow(0, slice.Offset, slice.Length);
            place.copy_(values);
        }
        RefreshCopies();
    }

    /// <summary>Every value by key, copied.</summary>
    public Dictionary<string, Weight> Save() => Slices.ToDictionary(slice => slice.Parameter.Key, slice =>
    {
        using Tensor place = Values.narrow(0, slice.Offset, slice.Length);
        using Tensor values = place.cpu();
        return new Weight(slice.Parameter.Shape, values.data<float>().ToArray());
    });

    public void Dispose()
    {
        foreach (FlatParameters replica in _replicas) replica.Dispose();
        foreach (Tensor tensor in _owned) tensor.Dispose();
    }

    private Tensor Leaf(ParameterSlice slice)
    {
        bool isCopied = Copies is not null && slice.IsProduct;
        Tensor leaf = Own(Part(isCopied ? Copies! : Values, slice).detach());
        if (Gradients is null || !_isTrained(slice.Parameter.Key)) return leaf;
        leaf.requires_grad_(true);
        leaf.grad = Own(Part(isCopied ? CopiedGradients! : Gradients, slice));
        return leaf;
    }

    private static Tensor Part(Tensor buffer, ParameterSlice slice)
    {
        using Tensor part = buffer.narrow(0, slice.Offset, slice.Length);
        return part.view([.. slice.Parameter.Shape.Dimensions]);
    }

    private Tensor Own(Tensor tensor)
    {
        _owned.Add(tensor.DetachFromDisposeScope());
        return tensor;
    }
}
