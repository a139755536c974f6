namespace Fovea.Inference;

/// <summary>The native half of ONNX Runtime, which the application brings: its absence is said in words.</summary>
internal static class NativeRuntime
{
    /// <summary>Runs what touches the native library first.</summary>
    /// <exception cref="InvalidOperationException">The library is not there; the message names the package that has it.</exception>
    public static T Use<T>(Func<T> first)
    {
        try
        {
            return first();
        }
        catch (Exception failure) when (IsMissing(failure))
        {
            throw new InvalidOperationException(
                "ONNX Runtime's native library was not found beside the program; add the package Microsoft.ML.OnnxRuntime to the application's project.", failure);
        }
    }

    private static bool IsMissing(Exception failure) =>
        failure is DllNotFoundException or EntryPointNotFoundException || failure is TypeInitializationException { InnerException: { } inner } && IsMissing(inner);
}
