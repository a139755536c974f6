using System.Collections.Immutable;
using Fovea.Tensors;

namespace Fovea.Checkpoints;

/// <summary>Tensors from the arguments of PyTorch's rebuild functions; every window is checked against its storage.</summary>
internal static class TensorRebuild
{
    private const int MostDimensions = 64;

    /// <summary>_rebuild_tensor(storage, offset, size, stride), _v2(..., requires_grad, hooks[, metadata]), _v3(..., requires_grad, hooks, dtype[, metadata]).</summary>
    public static TensorView Tensor(PickleFunction function, TupleValue arguments, PicklePlace place)
    {
        int needed = function switch { PickleFunction.RebuildTensor => 4, PickleFunction.RebuildTensorV2 => 6, _ => 7 };
        bool hasMetadata = needed > 4 && arguments.Count == needed + 1;
        if (arguments.Count != needed && !hasMetadata) throw PickleThrow.BadTensor(place, $"{arguments.Count} arguments");
        if (arguments[0] is not StorageValue storage) throw PickleThrow.BadTensor(place, "no storage");
        bool requiresGrad = needed > 4 && RequiresGrad(arguments[4], arguments[5], place);
        if (hasMetadata && arguments[needed] is not (NullValue or DictionaryValue { Count: 0 }))
        {
            throw PickleThrow.BadTensor(place, "a conjugate or negative view");
        }
        ElementType type = function == PickleFunction.RebuildTensorV3 ? GivenType(storage, arguments[6], place) : StoredType(storage, place);
        if (arguments[1] is not IntegerValue { Value: >= 0 and var offset }) throw PickleThrow.BadTensor(place, "an offset that is no integer from 0");
        long[] size = Dimensions(arguments[2], "size", place), stride = Dimensions(arguments[3], "stride", place);
        if (size.Length != stride.Length) throw PickleThrow.BadTensor(place, $"{size.Length} sizes and {stride.Length} strides");
        CheckBounds(storage, type, offset, size, stride, place);
        return new TensorView(storage.Storage, type, new TensorShape(size), [.. stride], storage.Offset + offset) { RequiresGrad = requiresGrad };
    }

    /// <summary>_rebuild_parameter(tensor, requires_grad, hooks).</summary>
    public static TensorView Parameter(TupleValue arguments, PicklePlace place)
    {
        if (arguments is not [TensorValue { View: var view }, var requiresGrad, var hooks]) throw PickleThrow.BadTensor(place, "a parameter of no tensor");
        return view with { IsParameter = true, RequiresGrad = RequiresGrad(requiresGrad, hooks, place) };
    }

    /// <summary>A tuple of at most 64 integers from 0, or a torch.Size.</summary>
    public static long[] Dimensions(CheckpointValue value, string what, PicklePlace place)
    {
        if (value is SizeValue size) return [.. size.Shape.Dimensions];
        if (value is not TupleValue tuple) throw PickleThrow.BadTensor(place, $"a {what} that is no tuple");
        if (tuple.Count > MostDimensions) throw PickleThrow.Limit(place, "dimensions", MostDimensions);
        return [.. tuple.Items.Select(item =>
            item is IntegerValue { Value: >= 0 and var dimension } ? dimension : throw PickleThrow.BadTensor(place, $"a {what} that is no integer from 0"))];
    }

    private static bool RequiresGrad(CheckpointValue requiresGrad, CheckpointValue hooks, PicklePlace place)
    {
        if (requiresGrad is not BooleanValue { Value: var required }) throw PickleThrow.BadTensor(place, "a requires_grad that is no bool");
        return hooks is DictionaryValue { IsOrderedDict: true, Count: 0 } ? required : throw PickleThrow.BadTensor(place, "hooks, which are code");
    }

    private static ElementType StoredType(StorageValue storage, PicklePlace place) =>
        storage.Class.Type ?? throw PickleThrow.BadTensor(place, "a storage of raw bytes without an element type");

    private static ElementType GivenType(StorageValue storage, CheckpointValue type, PicklePlace place)
    {
        if (type is not DtypeValue { Type: var given }) throw PickleThrow.BadTensor(place, "an element type that is none");
        return storage.Class.Type is null ? given : throw PickleThrow.BadTensor(place, "an element type beside that of its storage");
    }

    /// <summary>The last element must lie inside the storage. An empty tensor may point anywhere: PyTorch writes such files.</summary>
    private static void CheckBounds(StorageValue storage, ElementType type, long offset, long[] size, long[] stride, PicklePlace place)
    {
        if (offset > long.MaxValue - storage.Offset) throw PickleThrow.Overflow(place, "the offset of a tensor");
        if (size.Contains(0)) return;
        try
        {
            checked
            {
                int elementSize = type.Bits() / 8;
                long last = offset, count = elementSize;
                for (int axis = 0; axis < size.Length; axis++)
                {
                    count *= size[axis];
                    last += (size[axis] - 1) * stride[axis];
                }
                long available = storage.Count * storage.Class.ElementSize;
                if ((last + 1) * elementSize > available) throw PickleThrow.OutsideStorage(place, last, available / elementSize);
            }
        }
        catch (OverflowException)
        {
            throw PickleThrow.Overflow(place, $"the extent of a tensor of shape {new TensorShape(size)}");
        }
    }
}
