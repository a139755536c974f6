using Fovea.Training.Kernels;
using Fovea.Training.Tensors;
using TorchSharp;
using static TorchSharp.torch;
using Functional = TorchSharp.torch.nn.functional;

namespace Fovea.Training.Networks;

/// <summary>Multi-head self-attention (Vaswani et al. 2017, eq. 1; Dosovitskiy et al. 2020, eq. 5-8) with the options of the reference.</summary>
internal sealed class Attention
{
    private readonly Linear _qkv;                                                  // [3 * width, width]: query, key, value
    private readonly Norm? _queryNorm, _keyNorm, _norm;
    private readonly Linear _projection;
    private readonly int _heads;

    public Attention(ParameterScope parameters, int heads, NormType norm, double epsilon, bool normsQueriesAndKeys = false, bool normsOutput = false)
    {
        _qkv = new Linear(parameters.Below("qkv"));
        if (normsQueriesAndKeys)
        {
            _queryNorm = new Norm(parameters.Below("q_norm"), norm, epsilon);
            _keyNorm = new Norm(parameters.Below("k_norm"), norm, epsilon);
        }
        if (normsOutput) _norm = new Norm(parameters.Below("norm"), norm, epsilon);
        _projection = new Linear(parameters.Below("proj"));
        _heads = heads;
    }

    /// <summary>The type in which it reads its input without converting it.</summary>
    public ScalarType InputType => _qkv.Type;

    /// <summary>Every token attends to all; only those from <paramref name="first"/> on are asked for.</summary>
    /// <param name="x">[batch, tokens, width].</param>
    /// <param name="first">The first token whose output is wanted.</param>
    /// <returns>[batch, tokens - first, width].</returns>
    public Tensor Forward(Tensor x, long first = 0)
    {
        Tensor qkv = _qkv.Forward(x);                                              // [batch, tokens, 3 * width]
        Tensor joined = _queryNorm is null && FusedAttention.Takes(qkv, _heads) ? FusedAttention.Attend(qkv, _heads, first) : InSteps(qkv, first);
        if (_norm is not null) joined = _norm.Forward(joined);
        return _projection.Forward(joined);
    }

    /// <summary>The softmax of this block, [batch, heads, tokens, tokens].</summary>
    public Tensor Weights(Tensor x)
    {
        long batch = x.shape[0], tokens = x.shape[1], width = x.shape[2];
        Tensor[] parts = Heads(_qkv.Forward(x, 0, 2 * width), batch, 2);
        Tensor q = _queryNorm?.Forward(parts[0]) ?? parts[0], k = _keyNorm?.Forward(parts[1]) ?? parts[1];
        return Functional.softmax(q.matmul(k.transpose(-2, -1)).Times(Scale(q)), -1);
    }

    private Tensor InSteps(Tensor qkv, long first)
    {
        long batch = qkv.shape[0], tokens = qkv.shape[1];
        Tensor[] parts = Heads(qkv, batch, 3);                                     // each [batch, heads, tokens, headSize]
        Tensor q = parts[0].narrow(2, first, tokens - first), k = parts[1], v = parts[2];
        if (_queryNorm is not null) q = _queryNorm.Forward(q).to(v.dtype);
        if (_keyNorm is not null) k = _keyNorm.Forward(k).to(v.dtype);
        return Attend(q, k, v).transpose(1, 2).reshape(batch, tokens - first, -1);
    }

    // libtorch's fused attention is the faster one in float32; in bfloat16 on processors it is several times slower than its three steps.
    private static Tensor Attend(Tensor q, Tensor k, Tensor v) => v.dtype == ScalarType.BFloat16 && v.device_type == DeviceType.CPU
        ? Functional.softmax(q.Times(Scale(q)).matmul(k.transpose(-2, -1)), -1).matmul(v)
        : Functional.scaled_dot_product_attention(q, k, v);

    private static double Scale(Tensor q) => Math.Pow(q.shape[^1], -0.5);

    private Tensor[] Heads(Tensor joined, long batch, int parts)
    {
        long tokens = joined.shape[1], headSize = joined.shape[2] / (parts * _heads);
        return joined.view(batch, tokens, parts, _heads, headSize).permute(2, 0, 3, 1, 4).unbind(0);
    }
}
