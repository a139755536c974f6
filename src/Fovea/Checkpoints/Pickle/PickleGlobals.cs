using System.Collections.Frozen;
using Fovea.Tensors;

namespace Fovea.Checkpoints;

/// <summary>What a pickle may name. Nothing is ever looked up anywhere else, so naming a function cannot run it.</summary>
internal static class PickleGlobals
{
    private static readonly (string Name, ElementType Type)[] StorageClasses =
    [
        ("FloatStorage", ElementType.Float32), ("DoubleStorage", ElementType.Float64), ("HalfStorage", ElementType.Float16),
        ("BFloat16Storage", ElementType.BFloat16), ("LongStorage", ElementType.Int64), ("IntStorage", ElementType.Int32),
        ("ShortStorage", ElementType.Int16), ("CharStorage", ElementType.Int8), ("ByteStorage", ElementType.UInt8),
        ("BoolStorage", ElementType.Bool), ("ComplexFloatStorage", ElementType.Complex64), ("ComplexDoubleStorage", ElementType.Complex128),
    ];

    private static readonly ElementType[] PackedTypes = [ElementType.Float4E2M1, ElementType.Float6E2M3, ElementType.Float6E3M2];

    private static readonly FrozenDictionary<(string Module, string Name), CheckpointValue> Table = Build();

    /// <summary>The value that a name stands for, or null when the name is not allowed.</summary>
    public static CheckpointValue? Find(string module, string name) => Table.GetValueOrDefault((module, name));

    private static FrozenDictionary<(string, string), CheckpointValue> Build()
    {
        Dictionary<(string, string), CheckpointValue> table = new()
        {
            [("collections", "OrderedDict")] = new FunctionValue(PickleFunction.OrderedDict),
            [("collections", "Counter")] = new FunctionValue(PickleFunction.Counter),
            [("torch", "Size")] = new FunctionValue(PickleFunction.Size),
            [("torch", "device")] = new FunctionValue(PickleFunction.Device),
            [("torch._utils", "_rebuild_tensor")] = new FunctionValue(PickleFunction.RebuildTensor),
            [("torch._utils", "_rebuild_tensor_v2")] = new FunctionValue(PickleFunction.RebuildTensorV2),
            [("torch._utils", "_rebuild_tensor_v3")] = new FunctionValue(PickleFunction.RebuildTensorV3),
            [("torch._utils", "_rebuild_parameter")] = new FunctionValue(PickleFunction.RebuildParameter),
        };
        StorageClassValue untyped = new("UntypedStorage", null);
        table[("torch", untyped.Name)] = untyped;
        table[("torch.storage", untyped.Name)] = untyped;
        foreach ((string name, ElementType type) in StorageClasses) table[("torch", name)] = new StorageClassValue(name, type);
        foreach (ElementType type in Enum.GetValues<ElementType>().Except(PackedTypes)) table[("torch", type.DtypeName())] = new DtypeValue(type);
        return table.ToFrozenDictionary();
    }
}
