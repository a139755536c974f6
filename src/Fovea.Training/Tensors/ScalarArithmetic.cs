using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Training.Tensors;

/// <summary>
/// Tensors and numbers. TorchSharp turns a number into a native scalar that nothing refers to while the call runs, and so it does with the factor 1 of
/// every sum and difference of two tensors: when the garbage collector comes just then, libtorch reads freed memory, and a run of hours ends.
/// Here the scalar outlives its call. Everything that computes in loops goes this way.
/// </summary>
internal static class ScalarArithmetic
{
    private static readonly Scalar One = 1.ToScalar(), MinusOne = (-1).ToScalar();

    /// <summary>`x + y`.</summary>
    public static Tensor Plus(this Tensor x, Tensor y) => x.add(y, One);

    /// <summary>`x - y`.</summary>
    public static Tensor Minus(this Tensor x, Tensor y) => x.add(y, MinusOne);

    /// <summary>`x += y`, in place.</summary>
    public static Tensor PlusInPlace(this Tensor x, Tensor y) => x.add_(y, One);

    /// <summary>`x -= y`, in place.</summary>
    public static Tensor MinusInPlace(this Tensor x, Tensor y) => x.add_(y, MinusOne);

    /// <summary>`x * factor`.</summary>
    public static Tensor Times(this Tensor x, double factor)
    {
        using Scalar scalar = factor.ToScalar();
        return x.mul(scalar);
    }

    /// <summary>`x / divisor`.</summary>
    public static Tensor Over(this Tensor x, double divisor)
    {
        using Scalar scalar = divisor.ToScalar();
        return x.div(scalar);
    }

    /// <summary>`x + addend`.</summary>
    public static Tensor Plus(this Tensor x, double addend)
    {
        using Scalar scalar = addend.ToScalar();
        return x.add(scalar);
    }

    /// <summary>`x *= factor`, in place.</summary>
    public static Tensor TimesInPlace(this Tensor x, double factor)
    {
        using Scalar scalar = factor.ToScalar();
        return x.mul_(scalar);
    }

    /// <summary>`x /= divisor`, in place.</summary>
    public static Tensor OverInPlace(this Tensor x, double divisor)
    {
        using Scalar scalar = divisor.ToScalar();
        return x.div_(scalar);
    }

    /// <summary>`x += addend`, in place.</summary>
    public static Tensor PlusInPlace(this Tensor x, double addend)
    {
        using Scalar scalar = addend.ToScalar();
        return x.add_(scalar);
    }

    /// <summary>`x += weight * (end - x)`, in place.</summary>
    public static Tensor LerpInPlace(this Tensor x, Tensor end, double weight) => x.PlusInPlace(end.Minus(x).TimesInPlace(weight));
}
