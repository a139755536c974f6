using System.Runtime.Intrinsics.X86;
using Fovea.Training.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Training.Kernels;

/// <summary>Adds to the residual stream and norms the sum, with the gradient of both, in one pass each: <see cref="NormKernel{T, TLanes}"/> over all tokens.</summary>
internal sealed class ResidualNorm : autograd.MultiTensorFunction<ResidualNorm>
{
    /// <summary>Tokens that one thread takes at a time. Weight gradients are summed in this order whatever the number of threads.</summary>
    private const int Chunk = 128;

    private const string OptionsKey = "options";

    public override string Name => nameof(ResidualNorm);

    /// <summary>Whether the kernel can take a stream: on a processor with AVX-512, float32, a multiple of 16 wide.</summary>
    public static bool Takes(Tensor stream) => Avx512F.IsSupported && stream.device_type == DeviceType.CPU && stream.dtype == ScalarType.Float32 && stream.shape[^1] % Rows.Lanes == 0;

    /// <param name="stream">[..., width], float32.</param>
    /// <param name="added">[..., width] of the output's type, or null: nothing.</param>
    /// <param name="weight">[width].</param>
    /// <param name="bias">[width], or null.</param>
    /// <param name="options">Which norm, and in which type.</param>
    /// <returns>The sum, float32, and its norm.</returns>
    public static (Tensor Sum, Tensor Normalised) Add(Tensor stream, Tensor? added, Tensor weight, Tensor? bias, NormOptions options)
    {
        stream = stream.contiguous();
        added = added?.contiguous();
        if (is_grad_enabled() && (stream.requires_grad || weight.requires_grad || added is { requires_grad: true } || bias is { requires_grad: true }))
        {
            List<Tensor> results = apply(stream, added!, weight, bias!, options);
            return (results.Count > 1 ? results[1] : stream, results[0]);
        }
        (Tensor sum, Tensor normalised, _) = Forward(stream, added, weight, bias, options);
        return (sum, normalised);
    }

    public override List<Tensor> forward(autograd.AutogradContext ctx, params object[] vars)
    {
        Tensor stream = (Tensor)vars[0], weight = (Tensor)vars[2];
        Tensor? added = (Tensor?)vars[1], bias = (Tensor?)vars[3];
        NormOptions options = (NormOptions)vars[4];
        (Tensor sum, Tensor normalised, Tensor statistics) = Forward(stream, added, weight, bias, options);
        ctx.save_for_backward([sum, weight, statistics]);
        ctx.save_data(OptionsKey, (options, added is not null, bias is not null));
        ctx.set_materialize_grads(false);
        return added is null ? [normalised] : [normalised, sum];
    }

    public override List<Tensor> backward(autograd.AutogradContext ctx, List<Tensor> grad_outputs)
    {
        using DisposeScope scope = NewDisposeScope();
        List<Tensor> saved = ctx.get_saved_variables();
        (NormOptions options, bool isAdded, bool hasBias) = ((NormOptions, bool, bool))ctx.get_data(OptionsKey);
        Tensor sum = saved[0], stream = empty_like(sum);
        Tensor? added = isAdded ? empty_like(sum, options.Type) : null, sumGradient = grad_outputs.Count > 1 && !grad_outputs[1].IsInvalid ? grad_outputs[1].contiguous() : null;
        Tensor partial = options.Type == ScalarType.BFloat16
            ? Backward<ushort, BFloat16Lanes>(saved, grad_outputs[0].contiguous(), sumGradient, stream, added, options)
            : Backward<float, FloatLanes>(saved, grad_outputs[0].contiguous(), sumGradient, stream, added, options);
        Tensor parameters = partial.sum([0]);                                      // [2, width]: weight, bias
        foreach (Tensor gradient in grad_outputs) gradient.Dispose();
        ctx.Dispose();
        return [stream.MoveToOuterDisposeScope(), added?.MoveToOuterDisposeScope()!, parameters[0].MoveToOuterDisposeScope(), hasBias ? parameters[1].MoveToOuterDisposeScope() : null!, null!];
    }

    private static (Tensor Sum, Tensor Normalised, Tensor Statistics) Forward(Tensor stream, Tensor? added, Tensor weight, Tensor? bias, NormOptions options)
    {
        Tensor sum = added is null ? stream : empty_like(stream), normalised = empty_like(stream, options.Type), statistics = empty(stream.numel() / stream.shape[^1], 2);
        if (options.Type == ScalarType.BFloat16) Forward<ushort, BFloat16Lanes>(stream, added, weight, bias, sum, normalised, statistics, options);
        else Forward<float, FloatLanes>(stream, added, weight, bias, sum, normalised, statistics, options);
        return (sum, normalised, statistics);
    }

    private static unsafe void Forward<T, TLanes>(Tensor stream, Tensor? added, Tensor weight, Tensor? bias, Tensor sum, Tensor normalised, Tensor statistics, NormOptions options)
        where T : unmanaged
        where TLanes : struct, ILanes<T>
    {
        int width = (int)stream.shape[^1], rows = (int)statistics.shape[0];
        float* source = FlatSpan.Pointer<float>(stream), total = FlatSpan.Pointer<float>(sum), weights = FlatSpan.Pointer<float>(weight), biases = bias is null ? null : FlatSpan.Pointer<float>(bias);
        T* addition = added is null ? null : FlatSpan.Pointer<T>(added), result = FlatSpan.Pointer<T>(normalised);
        (float, float)* kept = ((float, float)*)FlatSpan.Pointer<float>(statistics);
        KernelThreads.ForEach((rows + Chunk - 1) / Chunk, 0, (chunk, _) =>
        {
            for (nint row = chunk * Chunk; row < Math.Min(rows, (chunk + 1) * Chunk); row++)
            {
                nint place = row * width;
                kept[row] = NormKernel<T, TLanes>.Forward(source + place, addition == null ? null : addition + place, total + place, result + place, weights, biases, width, options.IsCentred, options.Epsilon);
            }
        });
    }

    private static unsafe Tensor Backward<T, TLanes>(List<Tensor> saved, Tensor gradient, Tensor? sumGradient, Tensor streamGradient, Tensor? addedGradient, NormOptions options)
        where T : unmanaged
        where TLanes : struct, ILanes<T>
    {
        int width = (int)saved[0].shape[^1], rows = (int)saved[2].shape[0], chunks = (rows + Chunk - 1) / Chunk;
        Tensor partial = zeros(chunks, 2, width);
        float* sum = FlatSpan.Pointer<float>(saved[0]), weight = FlatSpan.Pointer<float>(saved[1]), stream = FlatSpan.Pointer<float>(streamGradient), parameters = FlatSpan.Pointer<float>(partial);
        float* other = sumGradient is null ? null : FlatSpan.Pointer<float>(sumGradient);
        T* outer = FlatSpan.Pointer<T>(gradient), addition = addedGradient is null ? null : FlatSpan.Pointer<T>(addedGradient);
        (float, float)* kept = ((float, float)*)FlatSpan.Pointer<float>(saved[2]);
        KernelThreads.ForEach(chunks, 0, (chunk, _) =>
        {
            float* weights = parameters + (nint)chunk * 2 * width;
            for (nint row = chunk * Chunk; row < Math.Min(rows, (chunk + 1) * Chunk); row++)
            {
                nint place = row * width;
                NormKernel<T, TLanes>.Backward(
                    sum + place, weight, kept[row], outer + place, other == null ? null : other + place, stream + place, addition == null ? null : addition + place, weights, weights + width, width, options.IsCentred);
            }
        });
        return partial;
    }
}
