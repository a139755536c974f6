using System.Runtime.Intrinsics.X86;
using Fovea.Training.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Training.Kernels;

/// <summary>Multi-head attention of joined queries, keys and values, with its gradient: <see cref="AttentionKernel{T, TLanes}"/> over all pictures and heads.</summary>
internal sealed class FusedAttention : autograd.SingleTensorFunction<FusedAttention>
{
    private const string ShapeKey = "shape";

    public override string Name => nameof(FusedAttention);

    /// <summary>Whether the kernel can take a tensor: on a processor with AVX-512, float32 or bfloat16, heads of a multiple of 16 numbers.</summary>
    /// <inheritdoc cref="Attend" path="/param"/>
    public static bool Takes(Tensor joined, int heads) =>
        Avx512F.IsSupported && joined.device_type == DeviceType.CPU && joined.dtype is ScalarType.Float32 or ScalarType.BFloat16 && joined.shape[^1] % (3 * heads * Rows.Lanes) == 0;

    /// <param name="joined">[batch, tokens, 3 * width]: queries, keys, values, each split into heads.</param>
    /// <param name="heads">Heads.</param>
    /// <param name="first">The first token whose output is wanted.</param>
    /// <returns>[batch, tokens - first, width]: the heads' outputs side by side.</returns>
    public static Tensor Attend(Tensor joined, int heads, long first)
    {
        long[] sizes = joined.shape;
        AttentionShape shape = new((int)sizes[0], (int)sizes[1], heads, (int)sizes[2] / (3 * heads), (int)first);
        joined = joined.contiguous();
        return is_grad_enabled() && joined.requires_grad ? apply(joined, shape) : Forward(joined, null, shape);
    }

    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        Tensor joined = (Tensor)vars[0];
        AttentionShape shape = (AttentionShape)vars[1];
        Tensor logSums = empty(shape.Batch, shape.Heads, shape.Queries), output = Forward(joined, logSums, shape);
        ctx.save_for_backward([joined, output, logSums]);
        ctx.save_data(ShapeKey, shape);
        return output;
    }

    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        using DisposeScope scope = NewDisposeScope();
        List<Tensor> saved = ctx.get_saved_variables();
        AttentionShape shape = (AttentionShape)ctx.get_data(ShapeKey);
        Tensor gradient = grad_output.contiguous(), result = shape.First == 0 ? empty_like(saved[0]) : zeros_like(saved[0]);
        if (result.dtype == ScalarType.BFloat16) Backward<ushort, BFloat16Lanes>(saved, gradient, result, shape);
        else Backward<float, FloatLanes>(saved, gradient, result, shape);
        grad_output.Dispose();
        return [result.MoveToOuterDisposeScope(), null!];
    }

    private static Tensor Forward(Tensor joined, Tensor? logSums, AttentionShape shape)
    {
        Tensor output = empty([shape.Batch, shape.Queries, shape.Width], joined.dtype);
        if (joined.dtype == ScalarType.BFloat16) Forward<ushort, BFloat16Lanes>(joined, output, logSums, shape);
        else Forward<float, FloatLanes>(joined, output, logSums, shape);
        return output;
    }

    private static unsafe void Forward<T, TLanes>(Tensor joined, Tensor output, Tensor? logSums, AttentionShape shape)
        where T : unmanaged
        where TLanes : struct, ILanes<T>
    {
        T* input = FlatSpan.Pointer<T>(joined), result = FlatSpan.Pointer<T>(output);
        float* sums = logSums is null ? null : FlatSpan.Pointer<float>(logSums);
        KernelThreads.ForEach(shape.Batch * shape.Heads, AttentionKernel<T, TLanes>.ForwardScratch(shape), (index, scratch) =>
        {
            (int picture, int head) = Math.DivRem(index, shape.Heads);
            AttentionKernel<T, TLanes>.Forward(
                input + shape.Input(picture, head), result + shape.Output(picture, head), sums == null ? null : sums + shape.PerQuery(picture, head), shape, (float*)scratch);
        });
    }

    private static unsafe void Backward<T, TLanes>(List<Tensor> saved, Tensor outputGradient, Tensor inputGradient, AttentionShape shape)
        where T : unmanaged
        where TLanes : struct, ILanes<T>
    {
        T* input = FlatSpan.Pointer<T>(saved[0]), output = FlatSpan.Pointer<T>(saved[1]), gradient = FlatSpan.Pointer<T>(outputGradient), result = FlatSpan.Pointer<T>(inputGradient);
        float* sums = FlatSpan.Pointer<float>(saved[2]);
        KernelThreads.ForEach(shape.Batch * shape.Heads, AttentionKernel<T, TLanes>.BackwardScratch(shape), (index, scratch) =>
        {
            (int picture, int head) = Math.DivRem(index, shape.Heads);
            nint asked = shape.Input(picture, head), given = shape.Output(picture, head);
            AttentionKernel<T, TLanes>.Backward(input + asked, output + given, sums + shape.PerQuery(picture, head), gradient + given, result + asked, shape, (float*)scratch);
        });
    }
}
