using Fovea.Networks;

namespace Fovea.Graphs;

/// <summary>The two attention pools: learned queries that make one embedding of many tokens.</summary>
internal sealed class PoolGraph(OnnxGraph graph, VitNetwork network, ParameterLookup parameters)
{
    private readonly VitConfig _config = network.Config;
    private readonly int _heads = network.PoolHeads;
    private readonly int _headSize = network.Config.Width / network.PoolHeads;
    private readonly int _tokens = network.PoolTokens;

    public (Value Pooled, Value Weights) Write(Value tokens) =>                    // [batch, tokens, width] -> [batch, width], [batch, rows, 1, tokens]
        _config.AttentionPool == AttentionPoolType.EfficientProbing ? Probe(tokens) : Attend(tokens);

    // The MAP head of Zhai et al. 2022: no residual from the query; biases whatever the encoder has.
    private (Value Pooled, Value Weights) Attend(Value tokens)
    {
        int width = _config.Width;
        Value q = graph.Reshape(parameters.LinearOfConstant(graph.Reshape(parameters["attn_pool.latent"], 1, width), "attn_pool.q"), 1, _heads, 1, _headSize);
        Value kv = parameters.Linear(graph.Reshape(tokens, -1, width), "attn_pool.kv");       // [batch * tokens, 2 * width]
        kv = graph.Transpose(graph.Reshape(kv, -1, _tokens, 2, _heads, _headSize), 2, 0, 3, 1, 4);
        Value k = graph.Pick(kv, 0, 0), v = graph.Pick(kv, 0, 1);                  // [batch, heads, tokens, headSize]
        Value scores = graph.Multiply(graph.MatMul(q, graph.Transpose(k, 0, 1, 3, 2)), Scale());
        Value weights = graph.Softmax(scores, -1);                                 // [batch, heads, 1, tokens]
        Value attended = graph.MatMul(weights, v);                                 // [batch, heads, 1, headSize]
        Value pooled = parameters.Linear(graph.Reshape(attended, -1, width), "attn_pool.proj");
        Value normed = parameters.Norm(pooled, "attn_pool.norm", NormType.LayerNorm, _config.AttentionPoolNormEpsilon);
        pooled = graph.Add(pooled, new MlpGraph(graph, network, parameters).FeedForward(normed, "attn_pool.mlp", Activation.Gelu));
        return (pooled, weights);
    }

    // Each query pools its own chunk of the values; keys are the tokens themselves, weights are averaged over heads.
    private (Value Pooled, Value Weights) Probe(Value tokens)
    {
        const int Queries = VitNetwork.ProbingQueries;
        int width = _config.Width, chunk = width / Queries;
        Value q = graph.Transpose(graph.Reshape(parameters["attn_pool.latent"], 1, Queries, _heads, _headSize), 0, 2, 1, 3);
        Value k = graph.Transpose(graph.Reshape(tokens, -1, _tokens, _heads, _headSize), 0, 2, 3, 1);
        Value weights = graph.Softmax(graph.MatMul(graph.Multiply(q, Scale()), k), -1);      // [batch, heads, queries, tokens]
        weights = graph.Reshape(graph.Mean(weights, 1), -1, Queries, 1, _tokens);
        Value v = parameters.Linear(graph.Reshape(tokens, -1, width), "attn_pool.v");
        v = graph.Transpose(graph.Reshape(v, -1, _tokens, Queries, chunk), 0, 2, 1, 3);        // [batch, queries, tokens, chunk]
        return (graph.Reshape(graph.MatMul(weights, v), -1, width), weights);
    }

    private Value Scale() => graph.Constant((float)Math.Pow(_headSize, -0.5));
}
