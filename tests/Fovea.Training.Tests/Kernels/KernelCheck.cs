using System.Runtime.Intrinsics.X86;
using Fovea.Tests.Graphs;
using Fovea.Training.Tests.Networks;
using static TorchSharp.torch;

namespace Fovea.Training.Tests.Kernels;

/// <summary>Holds a kernel's outputs and gradients to the same formula in float64 by libtorch.</summary>
internal static class KernelCheck
{
    public static void SkipWithoutAvx512() => Assert.SkipUnless(Avx512F.IsSupported, "the kernels need AVX-512; without it libtorch's operations take their place.");

    /// <summary>Values in -1 to 1 that both types hold exactly.</summary>
    public static Tensor Input(ScalarType type, params long[] shape) => (rand(shape) * 2 - 1).to(ScalarType.BFloat16).to(type).detach().requires_grad_(true);

    /// <summary>The same values in float64, with gradients of their own.</summary>
    public static Tensor Exact(Tensor input) => input.detach().to(ScalarType.Float64).requires_grad_(true);

    public static void Same(string what, Tensor expected, Tensor found, Tolerance tolerance) =>
        tolerance.Check(what, VitModuleGoldenTests.Floats(expected.detach()), VitModuleGoldenTests.Floats(found.detach()));
}
