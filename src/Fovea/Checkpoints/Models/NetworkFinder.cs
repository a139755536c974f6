using Fovea.Networks;

namespace Fovea.Checkpoints;

/// <summary>Which network a file without our description holds, and what a bare state dictionary tells of itself.</summary>
internal sealed class NetworkFinder(string file, StateDictionary state, ReferenceDescription? reference)
{
    private const int DefaultSide = 224;

    /// <summary>The name asked for, else the longest registered one that the file name begins with.</summary>
    /// <exception cref="ArgumentException">The name asked for is no registered one.</exception>
    /// <exception cref="CheckpointException">Neither tells; the message names the networks that have exactly these parameters.</exception>
    public string Name(string? asked)
    {
        if (asked is not null)
        {
            NamedNetworks.Get(asked);
            return asked.ToLowerInvariant();
        }
        if (NamedNetworks.FromFileName(file) is { } told) return told;
        if (OtherFamilies.Describe(Path.GetFileName(file)) is { } family) throw ModelThrow.OtherFamily(file, family);
        throw ModelThrow.NetworkNotTold(file, [.. NamedNetworks.Names.Where(Fits)]);
    }

    /// <summary>The description of a bare state dictionary: everything but the statistics can be read off its shapes.</summary>
    /// <exception cref="CheckpointException">It is of another network, or its patches make no square and no size was given.</exception>
    public ModelDescription Describe(string network, ImageSize? size)
    {
        VitConfig config = NamedNetworks.Get(network);
        if (state.Find("conv_proj.weight") is not { Shape.Rank: 4 } stem) throw ModelThrow.NoWeights(file);
        int channels = (int)long.Min(stem.Shape[1], int.MaxValue);
        bool isColour = channels == ChannelStatistics.Birder.Channels;
        return new ModelDescription
        {
            Network = network,
            Config = config,
            ImageSize = TrainedSize(config, size),
            Channels = isColour ? ChannelStatistics.Birder : Neutral(channels),
            Outputs = Outputs(),
            Assumptions = [$"{file}: says nothing of its channel statistics; {(isColour ? $"the reference's own ({string.Join(", ", ChannelStatistics.Birder.Mean)})" : "mean 0 and deviation 1")} are taken."],
        };
    }

    private bool Fits(string name)
    {
        try
        {
            VitConfig registered = NamedNetworks.Get(name);
            VitNetwork network = reference is null
                ? Describe(name, size: null).ToNetwork()
                : new VitNetwork(reference.Configure(registered), reference.ImageSize, reference.Channels, reference.Outputs);
            return state.Fits(network);
        }
        catch (Exception doesNotFit) when (doesNotFit is ArgumentException or CheckpointException)
        {
            return false;
        }
    }

    // A table of positions tells the number of patches; without one the network takes any size.
    private ImageSize TrainedSize(VitConfig config, ImageSize? asked)
    {
        if (state.Find(PositionTable.Key) is not { Shape: { Rank: 3 } table }) return asked ?? ImageSize.Square(DefaultSide);
        int specials = config.PositionsCoverSpecialTokens ? config.Registers + (config.HasClassToken ? 1 : 0) : 0;
        int patches = (int)long.Clamp(table[1] - specials, 0, int.MaxValue);
        int side = (int)Math.Sqrt(patches);
        if (side > 0 && side * side == patches) return ImageSize.Square(side * config.PatchSize);
        if (asked is { } size && (long)(size.Height / config.PatchSize) * (size.Width / config.PatchSize) == patches) return size;
        throw ModelThrow.SizeNotTold(file, patches);
    }

    private int Outputs() => (state.Find("classifier.weight") ?? state.Find("classifier.3.weight")) is { Shape: { Rank: 2 } head }
        ? (int)long.Min(head[0], int.MaxValue)
        : 0;

    private static ChannelStatistics Neutral(int channels) =>
        new([.. Enumerable.Repeat(0.0, Math.Clamp(channels, 1, 4096))], [.. Enumerable.Repeat(1.0, Math.Clamp(channels, 1, 4096))]);
}
