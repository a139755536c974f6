using System.Collections.Concurrent;
using System.Globalization;
using static TorchSharp.torch;

namespace Fovea.Training.Kernels;

/// <summary>Operations that libtorch has and TorchSharp does not bind.</summary>
internal static class TorchScripts
{
    private static readonly ConcurrentDictionary<double, Lazy<jit.CompilationUnit>> RmsNorms = [];

    /// <summary>`x / sqrt(mean(x^2) + epsilon) * weight` over the last axis (Zhang and Sennrich 2019).</summary>
    public static Tensor RmsNorm(Tensor x, Tensor weight, double epsilon) => (Tensor)RmsNorms.GetOrAdd(epsilon, Compile).Value.invoke("rms_norm", x, weight);

    // The number stands in the script: as an argument it would be a native scalar that the garbage collector may free before libtorch reads it.
    private static Lazy<jit.CompilationUnit> Compile(double epsilon) => new(() => jit.compile(string.Create(CultureInfo.InvariantCulture, $"""
        def rms_norm(x: Tensor, weight: Tensor) -> Tensor:
            return torch.rms_norm(x, [x.size(-1)], weight, {epsilon:R})

        """)));
}
