using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Training.Tensors;

/// <summary>A tensor's memory as it lies.</summary>
internal static class FlatSpan
{
    /// <summary>Where the elements of a contiguous tensor on the processor begin. The tensor must outlive the pointer.</summary>
    public static unsafe T* Pointer<T>(Tensor tensor)
        where T : unmanaged
    {
        if (tensor.device_type != DeviceType.CPU || !tensor.is_contiguous()) throw new ArgumentException("the tensor does not lie in one piece in the processor's memory.", nameof(tensor));
        using Tensor first = tensor.flatten().narrow(0, 0, 1);
        if (first.bytes.Length != sizeof(T)) throw new ArgumentException($"the tensor's elements are {first.bytes.Length} bytes long.", nameof(tensor));
        return (T*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(first.bytes));
    }
}
