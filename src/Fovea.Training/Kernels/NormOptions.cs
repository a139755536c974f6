using static TorchSharp.torch;

namespace Fovea.Training.Kernels;

/// <summary>Which norm <see cref="ResidualNorm"/> makes.</summary>
/// <param name="IsCentred">Whether the mean is taken away: layer norm; else RMS norm.</param>
/// <param name="Epsilon">Added to the mean square.</param>
/// <param name="Type">The type of the result and of what is added: float32 or bfloat16.</param>
internal readonly record struct NormOptions(bool IsCentred, float Epsilon, ScalarType Type);
