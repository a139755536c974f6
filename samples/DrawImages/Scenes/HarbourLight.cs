using DrawImages.Rendering;

namespace DrawImages.Scenes;

/// <summary>The hour of day in the harbour.</summary>
internal sealed record HarbourLight
{
    public required Colour Zenith { get; init; }

    public required Colour Horizon { get; init; }

    public required Colour Cloud { get; init; }

    public required Colour Sun { get; init; }

    /// <summary>Where the sun stands: share of the picture's width, and height above the water.</summary>
    public required (double Across, double Above) SunPlace { get; init; }

    /// <summary>What the light does to everything that is solid.</summary>
    public required Colour OnThings { get; init; }

    public required Colour Water { get; init; }

    /// <summary>Share of the windows with a lamp behind them.</summary>
    public required double Lamps { get; init; }

    public static HarbourLight Morning { get; } = new()
    {
        Zenith = Colour.Hex(0x5E9FD6),
        Horizon = Colour.Hex(0xF6E3C4),
        Cloud = Colour.Hex(0xFFF6EA),
        Sun = Colour.Hex(0xFFE9B8),
        SunPlace = (0.80, 0.27),
        OnThings = Colour.Hex(0xFFF4E2),
        Water = Colour.Hex(0x2F6E8C),
        Lamps = 0,
    };

    public static HarbourLight Evening { get; } = new()
    {
        Zenith = Colour.Hex(0x2B3468),
        Horizon = Colour.Hex(0xFF9A56),
        Cloud = Colour.Hex(0xD9607A),
        Sun = Colour.Hex(0xFFB45E),
        SunPlace = (0.62, 0.035),
        OnThings = Colour.Hex(0x8C6A86),
        Water = Colour.Hex(0x252B55),
        Lamps = 0.45,
    };
}
