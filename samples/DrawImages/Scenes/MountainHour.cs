using DrawImages.Rendering;

namespace DrawImages.Scenes;

/// <summary>Light over the mountains.</summary>
internal sealed record MountainHour
{
    public required Colour Zenith { get; init; }

    /// <summary>Half-way up: without it, dusk would pass through grey.</summary>
    public required Colour Middle { get; init; }

    public required Colour Horizon { get; init; }

    public required Colour Cloud { get; init; }

    public required Colour Sun { get; init; }

    /// <summary>Share of the width, and distance from the upper edge.</summary>
    public required (double Across, double Down) SunPlace { get; init; }

    public required Colour FarRidge { get; init; }

    public required Colour NearRidge { get; init; }

    public required Colour Snow { get; init; }

    /// <summary>Strength of the stars, 0 to 1.</summary>
    public double Stars { get; init; }

    public static MountainHour Dusk { get; } = new()
    {
        Zenith = Colour.Hex(0x1F2450),
        Middle = Colour.Hex(0x8A5088),
        Horizon = Colour.Hex(0xFFB067),
        Cloud = Colour.Hex(0xE8687F),
        Sun = Colour.Hex(0xFFD08A),
        SunPlace = (0.66, 0.57),
        FarRidge = Colour.Hex(0x9A5F86),
        NearRidge = Colour.Hex(0x161427),
        Snow = Colour.Hex(0xE9A3A0),
        Stars = 0.8,
    };

    public static MountainHour Noon { get; } = new()
    {
        Zenith = Colour.Hex(0x3D80C9),
        Middle = Colour.Hex(0x86B6E0),
        Horizon = Colour.Hex(0xDDEDF2),
        Cloud = Colour.Hex(0xFFFFFF),
        Sun = Colour.Hex(0xFFF3D0),
        SunPlace = (0.12, -0.14),
        FarRidge = Colour.Hex(0x86A3BE),
        NearRidge = Colour.Hex(0x2E4B2E),
        Snow = Colour.Hex(0xFAFCFF),
    };
}
