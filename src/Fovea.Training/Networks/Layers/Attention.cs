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

    /// <summary>Every token attends to all; only those from <paramref name="first"/> on are asked for.</summary>
    /// <param name="x">[batch, tokens, width].</param>
    /// <param name="first">The first token whose output is wanted.</param>
    /// <returns>[batch, tokens - first, width].</returns>
    public Tensor Forward(Tensor x, long first = 0)
    {
        long batch = x.shape[0], tokens = x.shape[1], width = x.shape[2];
        Tensor q, k, v;
        if (first == 0)
        {
            Tensor[] parts = _qkv.Forward(x).view(batch, tokens, 3, _heads, width / _heads).permute(2, 0, 3, 1, 4).unbind(0);
            (q, k, v) = (parts[0], parts[1], parts[2]);                            // each [batch, heads, tokens, headSize]
        }
        else
        {
            q = Heads(_qkv.Forward(x.narrow(1, first, tokens - first), 0, width), batch, 1)[0];
            Tensor[] keysAndValues = Heads(_qkv.Forward(x, width, 2 * width), batch, 2);
            (k, v) = (keysAndValues[0], keysAndValues[1]);
        }
        if (_queryNorm is not null) q = _queryNorm.Forward(q).to(v.dtype);
        if (_keyNorm is not null) k = _keyNorm.Forward(k).to(v.dtype);
        Tensor joined = Attend(q, k, v).transpose(1, 2).reshape(batch, tokens - first, width);
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
