using Fovea.Networks;

namespace Fovea.Insight;

/// <summary>What is measured of which network.</summary>
/// <param name="Network">At the picture size that is used.</param>
/// <param name="Channels">What pictures are normalised with.</param>
/// <param name="Parts">What is measured.</param>
/// <param name="Seed">Of every random choice.</param>
internal sealed record StudyPlan(VitNetwork Network, ChannelStatistics Channels, InsightParts Parts, int Seed = 0)
{
    /// <summary>Patches of a picture that the probes of single tokens see, at most.</summary>
    public const int TokensPerPicture = 20;

    public TokenLayout Layout { get; } = new(Network.Config.Registers, Network.Config.HasClassToken, Network.Grid);

    public int Depth => Network.Config.Depth;

    public int Width => Network.Config.Width;

    public int PatchSize => Network.Config.PatchSize;

    public PatchGrid Grid => Network.Grid;

    /// <summary>Parts that this network has nothing for, with the reason.</summary>
    public IEnumerable<(InsightParts Part, string Reason)> Skipped
    {
        get
        {
            if (Has(InsightParts.Registers) && Network.Config.Registers == 0) yield return (InsightParts.Registers, "the network has no registers");
            if (Has(InsightParts.Local) && Grid.Patches < 2) yield return (InsightParts.Local, "the picture is a single patch");
            if (Has(InsightParts.Lost) && Grid.Patches < 2) yield return (InsightParts.Lost, "the picture is a single patch");
        }
    }

    /// <summary>Whether a part is asked for.</summary>
    public bool Has(InsightParts part) => (Parts & part) != 0;

    /// <summary>Whether a part is asked for and this network has something for it.</summary>
    public bool Measures(InsightParts part) => Has(part) && !Skipped.Any(skipped => skipped.Part == part);
}
