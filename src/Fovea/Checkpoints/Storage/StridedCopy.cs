using System.Runtime.CompilerServices;

namespace Fovea.Checkpoints;

/// <summary>Gathers a strided tensor (transposed, stepped, expanded, channels-last) into dense row-major order.</summary>
internal static unsafe class StridedCopy
{
    /// <summary>Copies as many elements as fill <paramref name="destination"/>, beginning at row-major element <paramref name="first"/>.</summary>
    public static void Gather(FileBytes storage, TensorView view, long first, Span<byte> destination)
    {
        int elementSize = view.ElementSize;
        int last = view.Shape.Rank - 1;                                       // a tensor without dimensions is dense and never comes here
        Span<long> index = stackalloc long[view.Shape.Rank];
        Locate(view, first, index);
        while (!destination.IsEmpty)
        {
            long position = view.Offset;
            for (int axis = 0; axis <= last; axis++) position += index[axis] * view.Strides[axis];

            int run = (int)long.Min(view.Shape[last] - index[last], destination.Length / elementSize);
            FileBytes source = storage.Slice(position * elementSize, ((run - 1) * view.Strides[last] + 1) * elementSize);
            CopyRun(source, view.Strides[last], elementSize, destination[..(run * elementSize)]);
            destination = destination[(run * elementSize)..];
            index[last] += run;
            Carry(view, index);
        }
    }

    /// <summary>Writes the coordinates of row-major element <paramref name="element"/> into <paramref name="index"/>.</summary>
    private static void Locate(TensorView view, long element, Span<long> index)
    {
        for (int axis = index.Length - 1; axis >= 0; axis--) (element, index[axis]) = long.DivRem(element, view.Shape[axis]);
    }

    private static void Carry(TensorView view, Span<long> index)
    {
        for (int axis = index.Length - 1; axis > 0 && index[axis] == view.Shape[axis]; axis--)
        {
            index[axis] = 0;
            index[axis - 1]++;
        }
    }

    private static void CopyRun(FileBytes source, long stride, int elementSize, Span<byte> destination)
    {
        if (stride == 1)
        {
            source.Span(0, destination.Length).CopyTo(destination);
            return;
        }
        switch (elementSize)
        {
            case 1: CopyElements<byte>(source, stride, destination); break;
            case 2: CopyElements<ushort>(source, stride, destination); break;
            case 4: CopyElements<uint>(source, stride, destination); break;
            case 8: CopyElements<ulong>(source, stride, destination); break;
            default: CopyElements<UInt128>(source, stride, destination); break;
        }
    }

    private static void CopyElements<T>(FileBytes source, long stride, Span<byte> destination) where T : unmanaged
    {
        byte* next = source.Start;                                            // inside: the caller sliced the whole run
        for (int offset = 0; offset < destination.Length; offset += sizeof(T), next += stride * sizeof(T))
        {
            Unsafe.WriteUnaligned(ref destination[offset], Unsafe.ReadUnaligned<T>(next));
        }
    }
}
