using System.Collections.Immutable;

namespace Fovea.Networks;

/// <summary>A configuration with what only a trained model knows: picture size, channels, classes. Valid once it is built.</summary>
internal sealed record VitNetwork
{
    /// <summary>Efficient probing always has this many learned queries.</summary>
    public const int ProbingQueries = 32;

    /// <exception cref="ArgumentException">The numbers contradict each other; the message names both.</exception>
    public VitNetwork(VitConfig config, ImageSize size, int channels = 3, int classes = 0)
    {
        Config = config;
        Size = size;
        Channels = channels;
        Classes = classes;
        VitNetworkRules.Check(this);
        StageBlocks = [.. (config.StageBlocks ?? [-1]).Select(block => block < 0 ? block + config.Depth : block).Order()];
    }

    public VitConfig Config { get; }

    public ImageSize Size { get; }

    /// <summary>Colour channels of the input: 3, or 1 for grey.</summary>
    public int Channels { get; }

    /// <summary>Classes of the head; 0: no head.</summary>
    public int Classes { get; }

    /// <summary>The blocks whose outputs are stage1, stage2, ...: in order of depth, whatever order the configuration has.</summary>
    public ImmutableArray<int> StageBlocks { get; }

    public PatchGrid Grid => new(Size.Height / Config.PatchSize, Size.Width / Config.PatchSize);

    /// <summary>Registers and class token: they stand before the patches.</summary>
    public int SpecialTokens => Config.Registers + (Config.HasClassToken ? 1 : 0);

    public int Tokens => SpecialTokens + Grid.Patches;

    public int HeadSize => Config.Width / Config.Heads;

    /// <summary>Rows of the position table that no resize touches.</summary>
    public int SpecialPositions => Config.PositionsCoverSpecialTokens ? SpecialTokens : 0;

    public bool IsGated => Config.Mlp is MlpType.Gated or MlpType.GatedWithNorm;

    public Activation BlockActivation => Config.Activation ?? (IsGated ? Activation.Silu : Activation.Gelu);

    public int PoolHeads => Config.AttentionPoolHeads ?? (Config.AttentionPool == AttentionPoolType.EfficientProbing ? 1 : Config.Heads);

    /// <summary>Rows of the attention pool's weights: its heads, or the queries of efficient probing.</summary>
    public int PoolRows => Config.AttentionPool == AttentionPoolType.EfficientProbing ? ProbingQueries : PoolHeads;

    /// <summary>Tokens that the attention pool sees.</summary>
    public int PoolTokens => Config.PoolsSpecialTokens ? Tokens : Grid.Patches;

    public bool NormsTokens => Config.HasFinalNorm && !Config.NormsAfterPool;

    public bool NormsEmbedding => Config.HasFinalNorm && Config.NormsAfterPool;

    /// <summary>Experts replace the plain network from here on: the second half of the blocks (the larger one when the depth is odd).</summary>
    public bool HasExperts(int block) => Config.Mlp == MlpType.SoftMixtureOfExperts && block >= Config.Depth / 2;

    /// <summary>The same network for pictures of another size.</summary>
    public VitNetwork WithSize(ImageSize size) => new(Config, size, Channels, Classes);
}
