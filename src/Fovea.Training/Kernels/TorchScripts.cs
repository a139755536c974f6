using static TorchSharp.torch;

namespace Fovea.Training.Kernels;

/// <summary>Operations that libtorch has and TorchSharp does not bind.</summary>
internal static class TorchScripts
{
    private static readonly jit.CompilationUnit Compiled = jit.compile("""
        def rms_norm(x: Tensor, weight: Tensor, epsilon: float) -> Tensor:
            return torch.rms_norm(x, [x.size(-1)], weight, epsilon)

        """);

    /// <summary>`x / sqrt(mean(x^2) + epsilon) * weight` over the last axis (Zhang and Sennrich 2019).</summary>
    public static Tensor RmsNorm(Tensor x, Tensor weight, double epsilon) => (Tensor)Compiled.invoke("rms_norm", x, weight, epsilon);
}
