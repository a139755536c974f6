namespace Fovea.Insight;

/// <summary>What is measured; each part can be asked for alone.</summary>
[Flags]
internal enum InsightParts
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Token norms by block, outliers, where they sit.</summary>
    Norms = 1,

    /// <summary>How much of a token's squared norm lies in few channels.</summary>
    Channels = 2,

    /// <summary>What tokens attend to.</summary>
    Attention = 4,

    /// <summary>Principal components as colours.</summary>
    Pca = 8,

    /// <summary>What single tokens know of their place and pixels.</summary>
    Local = 16,

    /// <summary>What single tokens know of the picture's class.</summary>
    Global = 32,

    /// <summary>Objects without labels.</summary>
    Lost = 64,

    /// <summary>What registers hold.</summary>
    Registers = 128,

    /// <summary>What is measured when nothing is asked for.</summary>
    Usual = Norms | Channels | Attention | Pca | Lost | Registers,
}
