using System.Text.Json.Nodes;
using Fovea.Networks;
using Fovea.Training.Networks;

namespace Fovea.Training.Runs.Recipes;

/// <summary>The network that is trained.</summary>
internal sealed record EncoderRecipe
{
    /// <summary>A registered name: `vit_reg4_m16_rms_avg`.</summary>
    public required string Network { get; init; }

    /// <summary>What differs from that name's configuration, under the reference's names: `{"patch_size": 4}`.</summary>
    public JsonObject Config { get; init; } = [];

    /// <summary>Picture size in pixels: [height, width].</summary>
    public required ImageSize ImageSize { get; init; }

    /// <summary>What pixels are normalised with.</summary>
    public ChannelStatistics Channels { get; init; } = ChannelStatistics.Birder;

    /// <summary>How parameters begin.</summary>
    public StartValueScheme StartValues { get; init; }

    /// <summary>The configuration with its changes.</summary>
    /// <exception cref="ArgumentException">The name is not registered, or a change is none of the configuration's fields.</exception>
    public VitConfig ToConfig() => VitConfigJson.Override(NamedNetworks.Get(Network), Config);

    /// <summary>The network at its picture size.</summary>
    /// <param name="classes">Classes of its head; 0: none.</param>
    /// <exception cref="ArgumentException">The numbers contradict each other.</exception>
    public VitNetwork ToNetwork(int classes = 0) => new(ToConfig(), ImageSize, Channels.Channels, classes);

    /// <summary>What a model of this encoder says of itself.</summary>
    /// <param name="origin">Its run and data.</param>
    public ModelDescription Describe(ModelOrigin origin) => new()
    {
        Network = Network,
        Config = ToConfig(),
        ImageSize = ImageSize,
        Channels = Channels,
        Origin = origin,
        FoveaVersion = typeof(ImageEncoder).Assembly.GetName().Version!.ToString(fieldCount: 3),
    };
}
