using System.Collections.Immutable;
using Fovea.Tensors;

namespace Fovea.Checkpoints;

/// <summary>A tensor as a window onto a storage: element (i, j, ...) lies at offset + i * stride0 + j * stride1 + ... elements.</summary>
/// <remarks>Offsets and strides were checked against the storage when the view was made. Immutable.</remarks>
internal sealed record TensorView(TensorStorage Storage, ElementType ElementType, TensorShape Shape, ImmutableArray<long> Strides, long Offset)
{
    /// <summary>Came through PyTorch's Parameter.</summary>
    public bool IsParameter { get; init; }

    /// <summary>PyTorch's flag of the same name.</summary>
    public bool RequiresGrad { get; init; }

    /// <summary>Elements in the tensor.</summary>
    public long ElementCount => Shape.ElementCount;

    /// <summary>Bytes of the dense tensor; packed types (4 and 6 bits) always fill whole bytes.</summary>
    public long ByteCount => ElementType.Bits() % 8 == 0 ? ElementCount * ElementSize : checked(ElementCount * ElementType.Bits()) / 8;

    /// <summary>Whole bytes of one element; 1 for packed types, which are read as bytes.</summary>
    public int ElementSize => int.Max(ElementType.Bits() / 8, 1);

    /// <summary>Whether the elements lie in the storage as they are numbered, row-major and without gaps.</summary>
    public bool IsDense
    {
        get
        {
            long expected = 1;
            for (int axis = Shape.Rank - 1; axis >= 0; axis--)
            {
                long size = Shape[axis];
                if (size == 0) return true;
                if (size != 1 && Strides[axis] != expected) return false;     // strides of dimensions of size 1 say nothing
                expected *= size;
            }
            return true;
        }
    }

    /// <summary>A dense tensor that fills its storage from the beginning.</summary>
    public static TensorView Dense(TensorStorage storage, ElementType type, TensorShape shape)
    {
        ImmutableArray<long>.Builder strides = ImmutableArray.CreateBuilder<long>(shape.Rank);
        strides.Count = shape.Rank;
        bool isEmpty = shape.ElementCount == 0;
        long stride = 1;
        for (int axis = shape.Rank - 1; axis >= 0; axis--)
        {
            strides[axis] = stride;
            if (!isEmpty) stride *= shape[axis];                              // the product of an empty tensor's other dimensions may overflow
        }
        return new TensorView(storage, type, shape, strides.MoveToImmutable(), 0);
    }
}
