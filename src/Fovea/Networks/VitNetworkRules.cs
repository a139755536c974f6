namespace Fovea.Networks;

/// <summary>What numbers of a network may go together; everything is checked once, when the network is built.</summary>
internal static class VitNetworkRules
{
    // Far above any published network (depth 56, width 1,792, MLP 15,360), and low enough that no product of a contract overflows 64 bits.
    /// <summary>No width or count of a network is above it.</summary>
    public const int LargestNumber = 65_536;

    // Height x width x channels, a gigabyte of float32: below it no count of pixels or patches overflows 32 bits.
    private const int LargestInput = 1 << 28;

    // The contract has an entry for each block and expert: a hostile configuration must not make it large.
    private const int MostBlocks = 256;
    private const int MostExperts = 1_024;

    public static void Check(VitNetwork network)
    {
        VitConfig config = network.Config;
        InRange(config.PatchSize, 1, "patch_size");
        InRange(config.Depth, 1, "num_layers", MostBlocks);
        InRange(config.Heads, 1, "num_heads");
        InRange(config.Width, 1, "hidden_dim");
        InRange(config.MlpWidth, 1, "mlp_dim");
        InRange(config.Registers, 0, "num_reg_tokens");
        InRange(network.Channels, 1, "channels");
        InRange(network.Classes, 0, "classes");
        InRange(network.Size.Height, 1, "height");
        InRange(network.Size.Width, 1, "width");
        Positive(config.NormEpsilon, "norm_layer_eps");
        Positive(config.AttentionPoolNormEpsilon, "attn_pool_norm_eps");
        Known(config);
        Divides(config.Heads, config.Width, "num_heads", "hidden_dim");
        if (network.Size.Height % config.PatchSize != 0 || network.Size.Width % config.PatchSize != 0)
        {
            throw new ArgumentException($"a picture of {network.Size} cannot be cut into patches of {config.PatchSize} pixels; both sides must be multiples of {config.PatchSize}.");
        }
        if ((long)network.Size.Height * network.Size.Width * network.Channels > LargestInput)
        {
            throw new ArgumentException($"a picture of {network.Size} pixels and {network.Channels} channels has more than {LargestInput} numbers, the most that a network takes.");
        }
        if (config.HasAttentionPool) CheckPool(network);
        CheckExperts(config);
        CheckStages(config);
    }

    private static void CheckPool(VitNetwork network)
    {
        InRange(network.PoolHeads, 1, "attn_pool_num_heads");
        Divides(network.PoolHeads, network.Config.Width, "attn_pool_num_heads", "hidden_dim");
        if (network.Config.AttentionPool == AttentionPoolType.EfficientProbing)
        {
            Divides(VitNetwork.ProbingQueries, network.Config.Width, "the queries of efficient probing", "hidden_dim");
        }
    }

    private static void CheckExperts(VitConfig config)
    {
        bool isMixture = config.Mlp == MlpType.SoftMixtureOfExperts;
        if (isMixture != config.SoftMoeExperts.HasValue)
        {
            throw new ArgumentException("soft_moe_num_experts is needed with mlp_layer_type SoftMoE_FFN, and only with it.");
        }
        if (isMixture)
        {
            InRange(config.SoftMoeExperts!.Value, 1, "soft_moe_num_experts", MostExperts);
            InRange(config.SoftMoeSlots, 1, "soft_moe_num_slots");
        }
    }

    private static void CheckStages(VitConfig config)
    {
        HashSet<int> blocks = [];
        foreach (int block in config.StageBlocks ?? [])
        {
            if (block < -config.Depth || block >= config.Depth)
            {
                throw new ArgumentException($"out_indices names block {block}, but the network has {config.Depth}: 0 to {config.Depth - 1}, or -1 to {-config.Depth} from the end.");
            }
            if (!blocks.Add(block < 0 ? block + config.Depth : block)) throw new ArgumentException($"out_indices names block {block} twice.");
        }
    }

    private static void Known(VitConfig config)
    {
        if (!Enum.IsDefined(config.Norm) || !Enum.IsDefined(config.Mlp) || !Enum.IsDefined(config.AttentionPool) ||
            (config.Activation is { } activation && !Enum.IsDefined(activation)))
        {
            throw new ArgumentException("norm_layer_type, mlp_layer_type, attn_pool_type or act_layer_type is a number that names nothing.");
        }
    }

    private static void InRange(int value, int least, string name, int most = LargestNumber)
    {
        if (value < least || value > most) throw new ArgumentException($"{name} is {value}; it must be from {least} to {most}.");
    }

    private static void Positive(double value, string name)
    {
        if (!double.IsFinite(value) || value <= 0) throw new ArgumentException($"{name} is {value}; it must be above 0.");
    }

    private static void Divides(int divisor, int number, string divisorName, string name)
    {
        if (number % divisor != 0) throw new ArgumentException($"{name} {number} is not divisible by {divisorName}, {divisor}.");
    }
}
