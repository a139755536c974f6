using System.Runtime.InteropServices;

namespace Fovea.Training.Sharding;

/// <summary>The C library's heap, from which libtorch takes its tensors.</summary>
internal static partial class NativeHeap
{
    private const int TrimThreshold = -1, TopPad = -2, MapThreshold = -3, ArenaMax = -8;
    private const int HugeBlock = int.MaxValue, Growth = 64 << 20;

    /// <summary>
    /// From now on freed memory stays with this process, up to the most it ever had at once. As it is, glibc gives every large tensor back to the system
    /// when it is freed, and the system hands its pages out again one by one, each filled with zeros first, thousands of times a step.
    /// Does nothing where the C library is another one.
    /// </summary>
    /// <remarks>Of the whole process: for programs to call, at their start, not for libraries. Linux only: figures in docs/performance.md.</remarks>
    /// <returns>Whether it did something.</returns>
    public static bool KeepFreedMemory()
    {
        try
        {
            return OperatingSystem.IsLinux() && SetOption(MapThreshold, HugeBlock) != 0 && SetOption(TrimThreshold, HugeBlock) != 0 && SetOption(TopPad, Growth) != 0 && SetOption(ArenaMax, 1) != 0;
        }
        catch (EntryPointNotFoundException)
        {
            return false;                                                          // musl has one heap and no options
        }
    }

    [LibraryImport("libc", EntryPoint = "mallopt")]
    private static partial int SetOption(int option, int value);
}
