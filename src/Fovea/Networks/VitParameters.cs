using System.Globalization;

namespace Fovea.Networks;

/// <summary>One learned tensor of a network: its key in the state dictionary and its shape.</summary>
internal readonly record struct Parameter(string Key, TensorShape Shape);

/// <summary>
/// The parameter contract: every key and shape of a Vision Transformer, in the reference's order. It serves the graph, the
/// loader's messages and the trainer's modules; loading is strict.
/// </summary>
internal static class VitParameters
{
    /// <summary>All parameters of <paramref name="network"/>, in the order in which the reference saves them.</summary>
    public static IReadOnlyList<Parameter> Of(VitNetwork network)
    {
        VitConfig config = network.Config;
        ContractBuilder contract = new();
        if (config.HasClassToken) contract.Add("class_token", 1, 1, config.Width);
        if (config.Registers > 0) contract.Add("reg_tokens", 1, config.Registers, config.Width);
        if (config.HasPositions) contract.Add(PositionTable.Key, 1, network.SpecialPositions + network.Grid.Patches, config.Width);
        contract.Add("conv_proj.weight", config.Width, network.Channels, config.PatchSize, config.PatchSize);
        if (!config.HasPreNorm) contract.Add("conv_proj.bias", config.Width);
        if (config.HasPreNorm) contract.AddNorm("encoder.pre_block.0", config.Width, config.Norm);
        for (int block = 0; block < config.Depth; block++)
        {
            AddBlock(contract, network, block, string.Create(CultureInfo.InvariantCulture, $"encoder.block.{block}"));
        }
        if (network.NormsTokens) contract.AddNorm("norm", config.Width, config.Norm);
        if (network.NormsEmbedding) contract.AddNorm("embedding_norm", config.Width, config.Norm);
        if (config.HasAttentionPool) AddPool(contract, config);
        if (network.Classes > 0) AddHead(contract, network);
        return contract.Parameters;
    }

    /// <summary>The number of learned values; 38,315,008 for the flagship at 224 pixels without a head.</summary>
    public static long Count(VitNetwork network) => Of(network).Sum(parameter => parameter.Shape.ElementCount);

    private static void AddBlock(ContractBuilder contract, VitNetwork network, int block, string prefix)
    {
        VitConfig config = network.Config;
        contract.AddNorm($"{prefix}.norm1", config.Width, config.Norm);
        contract.Add($"{prefix}.attn.qkv.weight", 3 * config.Width, config.Width);
        if (config.HasQkvBias) contract.Add($"{prefix}.attn.qkv.bias", 3 * config.Width);
        if (config.NormsQueriesAndKeys)
        {
            contract.AddNorm($"{prefix}.attn.q_norm", network.HeadSize, config.Norm);
            contract.AddNorm($"{prefix}.attn.k_norm", network.HeadSize, config.Norm);
        }
        if (config.NormsAttention) contract.AddNorm($"{prefix}.attn.norm", config.Width, config.Norm);
        contract.AddLinear($"{prefix}.attn.proj", config.Width, config.Width);
        if (config.LayerScale.HasValue) contract.Add($"{prefix}.layer_scale_1.gamma", config.Width);
        contract.AddNorm($"{prefix}.norm2", config.Width, config.Norm);
        if (network.HasExperts(block)) AddExperts(contract, network, $"{prefix}.mlp");
        else AddMlp(contract, network, $"{prefix}.mlp");
        if (config.LayerScale.HasValue) contract.Add($"{prefix}.layer_scale_2.gamma", config.Width);
    }

    private static void AddMlp(ContractBuilder contract, VitNetwork network, string prefix)
    {
        VitConfig config = network.Config;
        bool learnsSlope = network.BlockActivation == Activation.PRelu;
        if (!network.IsGated)
        {
            AddFeedForward(contract, config, prefix, learnsSlope);
            return;
        }
        contract.AddLinear($"{prefix}.fc1_g", config.MlpWidth, config.Width);
        if (learnsSlope) contract.Add($"{prefix}.act.weight", 1);
        contract.AddLinear($"{prefix}.fc1_x", config.MlpWidth, config.Width);
        if (config.Mlp == MlpType.GatedWithNorm) contract.AddNorm($"{prefix}.norm", config.MlpWidth, config.Norm);
        contract.AddLinear($"{prefix}.fc2", config.Width, config.MlpWidth);
    }

    // Indices 0 and 3 of a sequence: linear, activation, dropout, linear, dropout.
    private static void AddFeedForward(ContractBuilder contract, VitConfig config, string prefix, bool learnsSlope)
    {
        contract.AddLinear($"{prefix}.0", config.MlpWidth, config.Width);
        if (learnsSlope) contract.Add($"{prefix}.1.weight", 1);
        contract.AddLinear($"{prefix}.3", config.Width, config.MlpWidth);
    }

    private static void AddExperts(ContractBuilder contract, VitNetwork network, string prefix)
    {
        VitConfig config = network.Config;
        int experts = config.SoftMoeExperts!.Value;
        contract.Add($"{prefix}.slot_embeds", experts, config.SoftMoeSlots, config.Width);
        for (int expert = 0; expert < experts; expert++)
        {
            AddFeedForward(contract, config, string.Create(CultureInfo.InvariantCulture, $"{prefix}.experts.{expert}"), network.BlockActivation == Activation.PRelu);
        }
        contract.Add($"{prefix}.token_norm.weight", config.Width);
        contract.Add($"{prefix}.slot_norm.weight", config.Width);
    }

    private static void AddPool(ContractBuilder contract, VitConfig config)
    {
        if (config.AttentionPool == AttentionPoolType.EfficientProbing)
        {
            contract.Add("attn_pool.latent", 1, VitNetwork.ProbingQueries, config.Width);
            contract.AddLinear("attn_pool.v", config.Width, config.Width);
            return;
        }
        contract.Add("attn_pool.latent", 1, 1, config.Width);
        contract.AddLinear("attn_pool.q", config.Width, config.Width);
        contract.AddLinear("attn_pool.kv", 2 * config.Width, config.Width);
        contract.AddLinear("attn_pool.proj", config.Width, config.Width);
        contract.AddNorm("attn_pool.norm", config.Width, NormType.LayerNorm);     // layer norm, whatever the encoder has
        AddFeedForward(contract, config, "attn_pool.mlp", learnsSlope: false);
    }

    private static void AddHead(ContractBuilder contract, VitNetwork network)
    {
        VitConfig config = network.Config;
        if (!config.HasMlpHead)
        {
            contract.AddLinear("classifier", network.Classes, config.Width, config.HasHeadBias);
            return;
        }
        contract.AddLinear("classifier.0", 3 * config.Width, config.Width);
        contract.AddNorm("classifier.2", 3 * config.Width, NormType.LayerNorm);
        contract.AddLinear("classifier.3", network.Classes, 3 * config.Width, config.HasHeadBias);
    }

    private sealed class ContractBuilder
    {
        public List<Parameter> Parameters { get; } = [];

        public void Add(string key, params ReadOnlySpan<long> dimensions) => Parameters.Add(new(key, new TensorShape(dimensions)));

        public void AddLinear(string prefix, int outputs, int inputs, bool hasBias = true)
        {
            Add($"{prefix}.weight", outputs, inputs);
            if (hasBias) Add($"{prefix}.bias", outputs);
        }

        public void AddNorm(string prefix, int width, NormType type)
        {
            Add($"{prefix}.weight", width);
            if (type == NormType.LayerNorm) Add($"{prefix}.bias", width);
        }
    }
}
