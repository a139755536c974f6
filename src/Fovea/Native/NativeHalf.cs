namespace Fovea.Native;

/// <summary>The native half of a package, which the application brings: its absence is said in words.</summary>
/// <param name="Library">What people call it.</param>
/// <param name="Package">The package that has it, and where it is for.</param>
internal sealed record NativeHalf(string Library, string Package)
{
    public static NativeHalf OnnxRuntime { get; } = new("ONNX Runtime", "Microsoft.ML.OnnxRuntime");

    // Skia's own package brings it for Windows and macOS.
    public static NativeHalf Skia { get; } = new("Skia", "SkiaSharp.NativeAssets.Linux.NoDependencies (on Linux)");

    /// <summary>Runs what touches the native library first.</summary>
    /// <exception cref="InvalidOperationException">The library is not there; the message names the package that has it.</exception>
    public T Use<T>(Func<T> first)
    {
        try
        {
            return first();
        }
        catch (Exception failure) when (IsMissing(failure))
        {
            throw new InvalidOperationException($"{Library}'s native library was not found beside the program; add the package {Package} to the application's project.", failure);
        }
    }

    private static bool IsMissing(Exception failure) =>
        failure is DllNotFoundException or EntryPointNotFoundException || failure is TypeInitializationException { InnerException: { } inner } && IsMissing(inner);
}
