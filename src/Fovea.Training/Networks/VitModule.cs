using Fovea.Networks;
using Fovea.Training.Tensors;
using static TorchSharp.torch;
using Functional = TorchSharp.torch.nn.functional;

namespace Fovea.Training.Networks;

/// <summary>
/// The Vision Transformer in torch: Dosovitskiy et al. 2020, with the registers of Darcet et al. 2023 and the options of the reference, on the same
/// parameter contract as the graph. Tokens stand in the order registers, class token, patches.
/// </summary>
internal sealed class VitModule
{
    private readonly VitConfig _config;
    private readonly Tensor? _registers, _classToken, _positions;
    private readonly Tensor _patchWeight;                                          // [width, channels, patchSize, patchSize]
    private readonly Tensor? _patchBias;
    private readonly Norm? _preNorm, _norm, _embeddingNorm;
    private readonly ITokenPool? _pool;
    private readonly Head? _head;

    /// <param name="network">The network at its picture size.</param>
    /// <param name="tensors">Every parameter of <see cref="VitParameters"/>, by key. They are used, not copied: who trains changes them in place.</param>
    public VitModule(VitNetwork network, IReadOnlyDictionary<string, Tensor> tensors)
        : this(network, new ParameterScope(tensors))
    {
    }

    /// <inheritdoc cref="VitModule(VitNetwork, IReadOnlyDictionary{string, Tensor})"/>
    public VitModule(VitNetwork network, ParameterScope parameters)
    {
        Network = network;
        _config = network.Config;
        _registers = parameters.Find("reg_tokens");
        _classToken = parameters.Find("class_token");
        _positions = parameters.Find(PositionTable.Key);
        _patchWeight = parameters["conv_proj.weight"];
        _patchBias = parameters.Find("conv_proj.bias");
        if (_config.HasPreNorm) _preNorm = NormOf(parameters.Below("encoder.pre_block.0"));
        Blocks = [.. Enumerable.Range(0, _config.Depth).Select(block => BlockOf(parameters.Below($"encoder.block.{block}"), block))];
        if (network.NormsTokens) _norm = NormOf(parameters.Below("norm"));
        if (network.NormsEmbedding) _embeddingNorm = NormOf(parameters.Below("embedding_norm"));
        if (_config.HasAttentionPool) _pool = PoolOf(parameters.Below("attn_pool"));
        if (network.Classes > 0) _head = new Head(parameters.Below("classifier"), _config.HasMlpHead);
    }

    public VitNetwork Network { get; }

    public IReadOnlyList<TransformerBlock> Blocks { get; }

    /// <summary>All tokens after the final norm (where it is on the tokens).</summary>
    /// <param name="images">[batch, channels, height, width], normalised.</param>
    /// <param name="keep">The patches to see, [batch, kept], int64, in any order, row * columns + column; null: all. The others are never computed.</param>
    /// <param name="afterBlock">Is shown every block's number and output, [batch, tokens, width], before the final norm.</param>
    /// <param name="drop">Stochastic depth of this batch; null: none.</param>
    /// <returns>[batch, special + kept, width]: special tokens first, then the patches in the order of <paramref name="keep"/>.</returns>
    public Tensor Encode(Tensor images, Tensor? keep = null, Action<int, Tensor>? afterBlock = null, DropPathFactors? drop = null)
    {
        Tensor tokens = InputTokens(images, keep).to(ScalarType.Float32);
        Residual x = new(_preNorm?.Forward(tokens) ?? tokens);
        for (int block = 0; block < Blocks.Count; block++)
        {
            Residual next = Blocks[block].Forward(x, drop: drop?.Of(block));
            x.Free();
            x = next;
            afterBlock?.Invoke(block, x.Sum);
        }
        return _norm?.Forward(x, ScalarType.Float32).Normalised ?? x.Sum;
    }

    /// <summary>Tokens after the final norm, where it is on the tokens.</summary>
    public Tensor Normalise(Tensor tokens) => _norm?.Forward(tokens) ?? tokens;

    /// <summary>The tokens as the first block gets them, [batch, special + kept, width]; see <see cref="Encode"/>.</summary>
    public Tensor InputTokens(Tensor images, Tensor? keep = null)
    {
        Tensor patches = EmbedPatches(images, keep);                               // [batch, kept, width]
        long batch = patches.shape[0];
        int specialRows = Network.SpecialPositions;
        if (_positions is not null) patches = patches.Plus(PatchPositions(_positions, keep, specialRows));
        Tensor[] specials = [.. new[] { _registers, _classToken }.OfType<Tensor>()];
        if (specials.Length == 0) return patches;
        Tensor special = cat(specials, 1);                                         // [1, special, width]
        if (_positions is not null && specialRows > 0) special = special.Plus(_positions.narrow(1, 0, specialRows));
        return cat([special.expand(batch, -1, -1), patches], 1);
    }

    /// <summary>The patch projection alone, before positions: [batch, kept, width]. A convolution whose stride is its kernel is one product per patch.</summary>
    public Tensor EmbedPatches(Tensor images, Tensor? keep = null)
    {
        long batch = images.shape[0], size = _config.PatchSize, rows = Network.Grid.Rows, columns = Network.Grid.Columns;
        Tensor pixels = images.view(batch, Network.Channels, rows, size, columns, size).permute(0, 2, 4, 1, 3, 5).reshape(batch, rows * columns, -1);
        if (keep is not null) pixels = pixels.gather(1, keep.unsqueeze(-1).expand(-1, -1, pixels.shape[2]));
        Tensor weight = _patchWeight.flatten(1);
        return Functional.linear(pixels.to(weight.dtype), weight, _patchBias);
    }

    /// <summary>What the head sees, [batch, width]: attention pool, mean of the patches or class token.</summary>
    /// <param name="tokens">What <see cref="Encode"/> returned.</param>
    public Tensor Embed(Tensor tokens)
    {
        int special = Network.SpecialTokens;
        Tensor embedding;
        if (_pool is not null) embedding = _pool.Forward(_config.PoolsSpecialTokens ? tokens : Patches(tokens));
        else if (_config.HasClassToken) embedding = tokens.select(1, special - 1);
        else embedding = Patches(tokens).mean([1]);
        return _embeddingNorm?.Forward(embedding) ?? embedding;
    }

    /// <summary>[batch, width] to [batch, classes].</summary>
    /// <exception cref="InvalidOperationException">The network has no head.</exception>
    public Tensor Classify(Tensor embedding) => (_head ?? throw new InvalidOperationException("the network has no head.")).Forward(embedding);

    /// <summary>Tokens without registers and class token.</summary>
    public Tensor Patches(Tensor tokens) => tokens.narrow(1, Network.SpecialTokens, tokens.shape[1] - Network.SpecialTokens);

    /// <summary>A block's output as a picture, [batch, width, rows, columns].</summary>
    public Tensor FeatureMap(Tensor tokens) => Patches(tokens).transpose(1, 2).reshape(tokens.shape[0], _config.Width, Network.Grid.Rows, Network.Grid.Columns);

    private static Tensor PatchPositions(Tensor positions, Tensor? keep, int specialRows)
    {
        Tensor table = positions.narrow(1, specialRows, positions.shape[1] - specialRows);             // [1, patches, width]
        return keep is null ? table : table.squeeze(0).index_select(0, keep.flatten()).view(keep.shape[0], keep.shape[1], -1);
    }

    private Norm NormOf(ParameterScope parameters) => new(parameters, _config.Norm, _config.NormEpsilon);

    private TransformerBlock BlockOf(ParameterScope parameters, int block)
    {
        Attention attention = new(parameters.Below("attn"), _config.Heads, _config.Norm, _config.NormEpsilon, _config.NormsQueriesAndKeys, _config.NormsAttention);
        return new TransformerBlock(parameters, attention, MlpOf(parameters.Below("mlp"), block), _config.Norm, _config.NormEpsilon);
    }

    private IMlp MlpOf(ParameterScope parameters, int block)
    {
        if (Network.HasExperts(block)) return new SoftMixture(parameters, _config.SoftMoeExperts!.Value, Network.BlockActivation, _config.NormEpsilon);
        if (!Network.IsGated) return new FeedForward(parameters, Network.BlockActivation);
        return new GatedMlp(parameters, Network.BlockActivation, _config.Mlp == MlpType.GatedWithNorm ? NormOf(parameters.Below("norm")) : null);
    }

    private ITokenPool PoolOf(ParameterScope parameters) => _config.AttentionPool == AttentionPoolType.EfficientProbing
        ? new EfficientProbing(parameters, VitNetwork.ProbingQueries, Network.PoolHeads)
        : new AttentionPool(parameters, Network.PoolHeads, _config.AttentionPoolNormEpsilon);
}
