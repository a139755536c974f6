using static TorchSharp.torch;

namespace Fovea.Training.Kernels;

/// <summary>Runs a kernel over many independent parts, on as many threads as libtorch would use here.</summary>
internal static unsafe class KernelThreads
{
    private const int Alignment = 16;

    [ThreadStatic]
    private static float[]? _scratch;

    /// <summary>Parts are independent: what they give does not depend on who computes them.</summary>
    /// <param name="count">Parts.</param>
    /// <param name="scratchLength">Float32 numbers that a part needs for itself. They hold whatever an earlier part left.</param>
    /// <param name="part">Gets a number and its scratch.</param>
    public static void ForEach(int count, int scratchLength, Action<int, nint> part)
    {
        int threads = Math.Min(get_num_threads(), count);
        if (threads == 1)
        {
            nint scratch = Scratch(scratchLength);
            for (int index = 0; index < count; index++) part(index, scratch);
        }
        else
        {
            Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = threads }, index => part(index, Scratch(scratchLength)));
        }
    }

    // Pinned, kept by its thread, as long as the longest that was asked for.
    private static nint Scratch(int length)
    {
        if (_scratch is null || _scratch.Length < length + Alignment) _scratch = GC.AllocateArray<float>(length + Alignment, pinned: true);
        fixed (float* first = _scratch) return ((nint)first + 63) & ~63;
    }
}
