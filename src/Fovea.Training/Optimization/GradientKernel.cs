using System.Numerics;
using Fovea.Training.Tensors;
using static TorchSharp.torch;

namespace Fovea.Training.Optimization;

/// <summary>Adds up the gradients that backward passes left in several buffers, in one pass that also sets those to 0.</summary>
internal static unsafe class GradientKernel
{
    /// <summary>Elements that one thread takes at a time.</summary>
    private const long Chunk = 1 << 18;

    /// <param name="slices">Where the parameters lie in every buffer.</param>
    /// <param name="gradients">What is added to, float32.</param>
    /// <param name="exact">Other float32 buffers: gradients of what is not multiplied in bfloat16.</param>
    /// <param name="rounded">The bfloat16 buffers: gradients of the matrices and biases of products; none where those are float32 too.</param>
    public static void Collect(IReadOnlyList<ParameterSlice> slices, Tensor gradients, IReadOnlyList<Tensor> exact, IReadOnlyList<Tensor> rounded)
    {
        float* sum = FlatSpan.Pointer<float>(gradients);
        nint[] floats = [.. exact.Select(buffer => (nint)FlatSpan.Pointer<float>(buffer))], halves = [.. rounded.Select(buffer => (nint)FlatSpan.Pointer<ushort>(buffer))];
        (long Offset, int Length, bool IsRounded)[] parts = [.. slices.SelectMany(slice => Parts(slice, slice.IsProduct && halves.Length > 0))];
        Parallel.For(0, parts.Length, new ParallelOptions { MaxDegreeOfParallelism = get_num_threads() }, index =>
        {
            (long offset, int length, bool isRounded) = parts[index];
            Span<float> target = new(sum + offset, length);
            // One buffer after the other, always in this order: the same bits whoever adds.
            foreach (nint source in isRounded ? halves : floats)
            {
                if (isRounded) Add(target, new Span<ushort>((ushort*)source + offset, length));
                else Add(target, new Span<float>((float*)source + offset, length));
            }
        });
    }

    private static IEnumerable<(long Offset, int Length, bool IsRounded)> Parts(ParameterSlice slice, bool isRounded)
    {
        for (long offset = 0; offset < slice.Length; offset += Chunk) yield return (slice.Offset + offset, (int)Math.Min(Chunk, slice.Length - offset), isRounded);
    }

    private static void Add(Span<float> target, Span<float> source)
    {
        int index = 0;
        for (; index <= target.Length - Vector<float>.Count; index += Vector<float>.Count) (new Vector<float>(target[index..]) + new Vector<float>(source[index..])).CopyTo(target[index..]);
        for (; index < target.Length; index++) target[index] += source[index];
        source.Clear();
    }

    private static void Add(Span<float> target, Span<ushort> source)
    {
        int index = 0;
        for (; index <= target.Length - Vector<ushort>.Count; index += Vector<ushort>.Count)
        {
            Vector.Widen(new Vector<ushort>(source[index..]), out Vector<uint> low, out Vector<uint> high);
            Span<float> first = target[index..], second = target[(index + Vector<float>.Count)..];
            (new Vector<float>(first) + Vector.AsVectorSingle(low << 16)).CopyTo(first);
            (new Vector<float>(second) + Vector.AsVectorSingle(high << 16)).CopyTo(second);
        }
        for (; index < target.Length; index++) target[index] += BitConverter.UInt32BitsToSingle((uint)source[index] << 16);
        source.Clear();
    }
}
