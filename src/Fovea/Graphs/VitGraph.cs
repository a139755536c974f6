using System.Globalization;
using Fovea.Checkpoints;
using Fovea.Networks;

namespace Fovea.Graphs;

/// <summary>
/// The Vision Transformer as an ONNX graph: Dosovitskiy et al. 2020, with the registers of Darcet et al. 2023 and the options of
/// the reference. Tokens stand in the order registers, class token, patches row by row; between the blocks they are rows,
/// [batch * tokens, width]. The graph holds only what the outputs asked for need.
/// </summary>
internal sealed class VitGraph
{
    private readonly VitNetwork _network;
    private readonly VitConfig _config;
    private readonly OnnxGraph _graph;
    private readonly ParameterLookup _parameters;
    private readonly IReadOnlyCollection<VitOutput> _outputs;
    private readonly object _batch;

    private VitGraph(OnnxGraph graph, VitNetwork network, ParameterLookup parameters, IReadOnlyCollection<VitOutput> outputs, object batch)
    {
        _network = network;
        _config = network.Config;
        _graph = graph;
        _parameters = parameters;
        _outputs = outputs;
        _batch = batch;
    }

    /// <summary>The name of the graph's input: [batch, channels, height, width], normalised.</summary>
    public const string ImageInput = "image";

    /// <summary>Writes the graph.</summary>
    /// <param name="network">The network, at the picture size wanted.</param>
    /// <param name="weights">Every parameter of <see cref="VitParameters"/>, by key.</param>
    /// <param name="outputs">What to compute, each once.</param>
    /// <param name="int8">The matrices to multiply as bytes: the graph then takes one picture a call, so that no picture can change another's bytes.</param>
    /// <exception cref="ArgumentException">Nothing is asked for, or a block or a head that the network does not have.</exception>
    public static OnnxGraph Write(VitNetwork network, IReadOnlyDictionary<string, Weight> weights, IReadOnlyCollection<VitOutput> outputs, Int8Weights? int8 = null)
    {
        if (outputs.Count == 0) throw new ArgumentException("no output is asked for.", nameof(outputs));
        foreach (VitOutput output in outputs)
        {
            if (output.BlocksNeeded(network) > network.Config.Depth || output.Index < 0)
            {
                throw new ArgumentException($"block {output.Index} is asked for, but the network has blocks 0 to {network.Config.Depth - 1}.", nameof(outputs));
            }
            if (output.Content == VitOutput.Kind.Logits && network.Classes == 0)
            {
                throw new ArgumentException("logits are asked for, but the network has no head.", nameof(outputs));
            }
            if (output.Content == VitOutput.Kind.PoolAttention && !network.Config.HasAttentionPool)
            {
                throw new ArgumentException("the attention of the pool is asked for, but the network has no attention pool.", nameof(outputs));
            }
        }
        OnnxGraph graph = new("vision_transformer");
        new VitGraph(graph, network, new ParameterLookup(graph, weights, int8), outputs, int8 is null ? "batch" : 1).WriteNetwork();
        return graph;
    }

    /// <summary>Writes all blocks into a graph of more than the encoder.</summary>
    /// <param name="graph">The graph; it gets the input <see cref="ImageInput"/>.</param>
    /// <param name="network">The encoder.</param>
    /// <param name="parameters">Its parameters.</param>
    /// <param name="isNormed">Whether the final norm comes after the last block.</param>
    /// <returns>The patches as a picture, [batch, width, rows, columns].</returns>
    public static Value WriteMap(OnnxGraph graph, VitNetwork network, ParameterLookup parameters, bool isNormed)
    {
        VitGraph encoder = new(graph, network, parameters, [], "batch");
        Value x = encoder.WriteBlocks(network.Config.Depth);
        return encoder.FeatureMap(isNormed ? encoder.Norm(x, "norm") : x);
    }

    // Dosovitskiy et al. 2020, eq. 1-4.
    private void WriteNetwork()
    {
        Value x = WriteBlocks(_outputs.Max(output => output.BlocksNeeded(_network)));
        if (!_outputs.Any(output => output.Content == VitOutput.Kind.Tokens || IsPooled(output))) return;
        if (_network.NormsTokens) x = Norm(x, "norm");
        GiveTokens(VitOutput.Tokens, x);
        if (!_outputs.Any(IsPooled)) return;
        Value embedding = Pool(x);                                                 // [batch, width]
        if (_network.NormsEmbedding) embedding = Norm(embedding, "embedding_norm");
        Give(VitOutput.Embedding, embedding, _batch, _config.Width);
        if (Wants(VitOutput.Logits)) Give(VitOutput.Logits, Classify(embedding), _batch, _network.Classes);
    }

    private Value WriteBlocks(int blocks)                                          // [batch * tokens, width]
    {
        Value x = EmbedPatches();                                                  // [batch, tokens, width]
        Give(VitOutput.InputTokens, x, _batch, _network.Tokens, _config.Width);
        x = _graph.Reshape(x, -1, _config.Width);                                  // [batch * tokens, width]
        if (_config.HasPreNorm) x = Norm(x, "encoder.pre_block.0");
        for (int block = 0; block < blocks; block++)
        {
            x = Block(x, block);
            GiveTokens(VitOutput.Block(block), x);
            if (Wants(VitOutput.FeatureMap(block))) Give(VitOutput.FeatureMap(block), FeatureMap(x), _batch, _config.Width, _network.Grid.Rows, _network.Grid.Columns);
        }
        return x;
    }

    private Value EmbedPatches()                                                   // [batch, tokens, width]
    {
        Value image = _graph.Input(ImageInput, _batch, _network.Channels, _network.Size.Height, _network.Size.Width);
        Value? bias = _config.HasPreNorm ? null : _parameters["conv_proj.bias"];
        Value patches = _graph.Patchify(image, _parameters["conv_proj.weight"], bias, _config.PatchSize);
        patches = _graph.Transpose(_graph.Reshape(patches, 0, _config.Width, -1), 0, 2, 1);      // [batch, patches, width]
        Give(VitOutput.PatchEmbedding, patches, _batch, _network.Grid.Patches, _config.Width);
        if (!_config.HasPositions) return WithSpecialTokens(patches);
        Value positions = _parameters[PositionTable.Key];
        return _config.PositionsCoverSpecialTokens
            ? _graph.Add(WithSpecialTokens(patches), positions)
            : WithSpecialTokens(_graph.Add(patches, positions));
    }

    private Value WithSpecialTokens(Value patches)
    {
        List<Value> tokens = [];
        if (_config.Registers > 0) tokens.Add(_graph.RepeatFor(patches, _parameters["reg_tokens"], _config.Registers, _config.Width));
        if (_config.HasClassToken) tokens.Add(_graph.RepeatFor(patches, _parameters["class_token"], 1, _config.Width));
        return tokens.Count == 0 ? patches : _graph.Concat(1, [.. tokens, patches]);
    }

    // Eq. 2 and 3; every block normalises first. Layer scale: Touvron et al. 2021.
    private Value Block(Value x, int block)
    {
        string prefix = string.Create(CultureInfo.InvariantCulture, $"encoder.block.{block}");
        Value attended = Attention(Norm(x, $"{prefix}.norm1"), $"{prefix}.attn", block);
        x = _graph.Add(x, Scale(attended, $"{prefix}.layer_scale_1.gamma"));
        Value transformed = new MlpGraph(_graph, _network, _parameters).Write(Norm(x, $"{prefix}.norm2"), $"{prefix}.mlp", block);
        return _graph.Add(x, Scale(transformed, $"{prefix}.layer_scale_2.gamma"));
    }

    // Eq. 5-8. Registers take part like any other token and leave only at the pooling, so nothing here knows of them.
    private Value Attention(Value x, string prefix, int block)                     // [batch * tokens, width]
    {
        Value qkv = Sequence(_parameters.Linear(x, $"{prefix}.qkv", _config.HasQkvBias), 3 * _config.Width);
        Value q = Third(qkv, 0), k = Third(qkv, 1), v = Third(qkv, 2);             // [batch, tokens, width]: heads lie side by side
        if (_config.NormsQueriesAndKeys)
        {
            q = NormHeads(q, $"{prefix}.q_norm");
            k = NormHeads(k, $"{prefix}.k_norm");
        }
        Give(VitOutput.Queries(block), q, _batch, _network.Tokens, _config.Width);
        Give(VitOutput.Keys(block), k, _batch, _network.Tokens, _config.Width);
        Give(VitOutput.Values(block), v, _batch, _network.Tokens, _config.Width);
        VitOutput output = VitOutput.Attention(block);
        Value? weights = Wants(output) ? new(output.Name + ".softmax") : null;     // [batch, heads, tokens, tokens]
        Value joined = _graph.Attention(q, k, v, _config.Heads, (float)Math.Pow(_network.HeadSize, -0.5), weights);
        if (weights is { } found) Give(output, found, _batch, _config.Heads, _network.Tokens, _network.Tokens);
        joined = _graph.Reshape(joined, -1, _config.Width);                        // [batch * tokens, width]
        if (_config.NormsAttention) joined = Norm(joined, $"{prefix}.norm");
        return _parameters.Linear(joined, $"{prefix}.proj");
    }

    private Value Third(Value qkv, int part) => _graph.Slice(qkv, 2, part * _config.Width, (part + 1) * _config.Width);

    private Value NormHeads(Value x, string prefix)                                // [batch, tokens, width]
    {
        Value heads = _graph.Reshape(x, 0, 0, _config.Heads, _network.HeadSize);
        return _graph.Reshape(Norm(heads, prefix), 0, 0, _config.Width);
    }

    private Value FeatureMap(Value x)                                              // [batch, width, rows, columns]
    {
        Value patches = _graph.Slice(Sequence(x), 1, _network.SpecialTokens);
        return _graph.Reshape(_graph.Transpose(patches, 0, 2, 1), 0, _config.Width, _network.Grid.Rows, _network.Grid.Columns);
    }

    // The first rule that applies: attention pool, mean of the patches (registers are left out), class token.
    private Value Pool(Value x)                                                    // [batch, width]
    {
        Value tokens = Sequence(x);
        if (_config.HasAttentionPool)
        {
            bool seesAll = _config.PoolsSpecialTokens || _network.SpecialTokens == 0;
            PoolGraph pool = new(_graph, _network, _parameters);
            (Value pooled, Value weights) = pool.Write(seesAll ? tokens : _graph.Slice(tokens, 1, _network.SpecialTokens));
            if (Wants(VitOutput.PoolAttention)) Give(VitOutput.PoolAttention, _graph.Reshape(weights, -1, _network.PoolRows, _network.PoolTokens), _batch, _network.PoolRows, _network.PoolTokens);
            return pooled;
        }
        if (_config.HasClassToken) return _graph.Pick(tokens, 1, _config.Registers);
        return _graph.Mean(_graph.Slice(tokens, 1, _network.SpecialTokens), 1);
    }

    private Value Classify(Value embedding)                                        // [batch, classes]
    {
        string last = "classifier";
        if (_config.HasMlpHead)
        {
            Value hidden = _parameters.Linear(embedding, "classifier.0");
            hidden = _graph.Activate(hidden, Activation.Gelu, NoSlope);
            embedding = _parameters.Norm(hidden, "classifier.2", NormType.LayerNorm, 1e-6);      // whatever the encoder has
            last = "classifier.3";
        }
        return _parameters.Linear(embedding, last, _config.HasHeadBias);
    }

    private Value Sequence(Value x) => Sequence(x, _config.Width);                 // [batch, tokens, width]

    private Value Sequence(Value rows, int width) => _graph.Reshape(rows, -1, _network.Tokens, width);

    private Value Norm(Value x, string prefix) => _parameters.Norm(x, prefix, _config.Norm, _config.NormEpsilon);

    private Value Scale(Value x, string key) => _config.LayerScale.HasValue ? _graph.Multiply(x, _parameters[key]) : x;

    private static bool IsPooled(VitOutput output) => output.Content is VitOutput.Kind.Embedding or VitOutput.Kind.Logits or VitOutput.Kind.PoolAttention;

    private bool Wants(VitOutput output) => _outputs.Contains(output);

    private void GiveTokens(VitOutput output, Value x)
    {
        if (Wants(output)) Give(output, Sequence(x), _batch, _network.Tokens, _config.Width);
    }

    private void Give(VitOutput output, Value value, params ReadOnlySpan<object> shape)
    {
        foreach (VitOutput wanted in _outputs)
        {
            if (wanted == output) _graph.Output(wanted.Name, value, shape);        // by the name of the one who asks
        }
    }

    private static Value NoSlope() => throw new InvalidOperationException("only PReLU has a slope, and no head uses it.");
}
