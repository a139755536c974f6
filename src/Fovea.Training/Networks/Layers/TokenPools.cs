using Fovea.Training.Tensors;
using static TorchSharp.torch;
using Functional = TorchSharp.torch.nn.functional;

namespace Fovea.Training.Networks;

/// <summary>Makes one embedding of many tokens.</summary>
internal interface ITokenPool
{
    /// <summary>[batch, tokens, width] to [batch, width].</summary>
    Tensor Forward(Tensor tokens);
}

/// <summary>The MAP head of Zhai et al. 2022: one learned query; no residual from it; biases whatever the encoder has.</summary>
internal sealed class AttentionPool(ParameterScope parameters, int heads, double epsilon) : ITokenPool
{
    private readonly Tensor _latent = parameters["latent"];                        // [1, 1, width]
    private readonly Linear _query = new(parameters.Below("q"));
    private readonly Linear _keysAndValues = new(parameters.Below("kv"));
    private readonly Linear _projection = new(parameters.Below("proj"));
    private readonly Norm _norm = new(parameters.Below("norm"), NormType.LayerNorm, epsilon);
    private readonly FeedForward _mlp = new(parameters.Below("mlp"), Activation.Gelu);

    public Tensor Forward(Tensor tokens)
    {
        long batch = tokens.shape[0], count = tokens.shape[1], width = tokens.shape[2];
        Tensor q = _query.Forward(_latent).view(1, 1, heads, width / heads).transpose(1, 2).expand(batch, -1, -1, -1);
        Tensor[] kv = _keysAndValues.Forward(tokens).view(batch, count, 2, heads, width / heads).permute(2, 0, 3, 1, 4).unbind(0);
        Tensor attended = Functional.scaled_dot_product_attention(q, kv[0], kv[1]).reshape(batch, width);
        Tensor pooled = _projection.Forward(attended);
        return pooled.Plus(_mlp.Forward(_norm.Forward(pooled)));
    }
}

/// <summary>Efficient probing: each of 32 learned queries pools its own chunk of the values; keys are the tokens themselves, weights are averaged over heads.</summary>
internal sealed class EfficientProbing(ParameterScope parameters, int queries, int heads) : ITokenPool
{
    private readonly Tensor _latent = parameters["latent"];                        // [1, queries, width]
    private readonly Linear _values = new(parameters.Below("v"));

    public Tensor Forward(Tensor tokens)
    {
        long batch = tokens.shape[0], count = tokens.shape[1], width = tokens.shape[2], headSize = width / heads;
        Tensor q = _latent.view(1, queries, heads, headSize).transpose(1, 2);
        Tensor k = tokens.view(batch, count, heads, headSize).permute(0, 2, 3, 1);
        Tensor weights = q.Times(Math.Pow(headSize, -0.5)).matmul(k).softmax(-1).mean([1]);       // [batch, queries, tokens]
        Tensor v = _values.Forward(tokens).view(batch, count, queries, width / queries).transpose(1, 2);
        return weights.unsqueeze(2).to(v.dtype).matmul(v).reshape(batch, width);
    }
}
