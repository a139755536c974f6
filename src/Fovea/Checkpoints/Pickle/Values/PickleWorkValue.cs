using Fovea.Tensors;

namespace Fovea.Checkpoints;

/// <summary>A value that exists only while a pickle is read; one that is left in the result is refused.</summary>
internal abstract class PickleWorkValue : CheckpointValue;

/// <summary>What REDUCE may call.</summary>
internal enum PickleFunction
{
    OrderedDict,
    Counter,
    Size,
    Device,
    RebuildTensor,
    RebuildTensorV2,
    RebuildTensorV3,
    RebuildParameter,
}

/// <summary>One of the functions above, named by GLOBAL.</summary>
internal sealed class FunctionValue(PickleFunction function) : PickleWorkValue
{
    public PickleFunction Function { get; } = function;
}

/// <summary>A storage class: its element type, or null for raw bytes that the tensor gives a type.</summary>
internal sealed class StorageClassValue(string name, ElementType? type) : PickleWorkValue
{
    public string Name { get; } = name;

    public ElementType? Type { get; } = type;

    /// <summary>Bytes of one element.</summary>
    public int ElementSize => Type is ElementType type ? type.Bits() / 8 : 1;

    /// <summary>Bytes that a big-endian machine stores in reverse as one unit: an element, or each half of a complex one.</summary>
    public int SwappedUnit => Type is ElementType.Complex64 or ElementType.Complex128 ? ElementSize / 2 : ElementSize;
}

/// <summary>A storage, or the part of one (an old container can cut a storage into views), before a tensor is made over it.</summary>
/// <param name="storageClass">Element type and size.</param>
/// <param name="storage">The bytes of the whole storage.</param>
/// <param name="offset">First element of the part.</param>
/// <param name="count">Elements of the part.</param>
internal sealed class StorageValue(StorageClassValue storageClass, TensorStorage storage, long offset, long count) : PickleWorkValue
{
    public StorageClassValue Class { get; } = storageClass;

    public TensorStorage Storage { get; } = storage;

    public long Offset { get; } = offset;

    public long Count { get; } = count;
}
