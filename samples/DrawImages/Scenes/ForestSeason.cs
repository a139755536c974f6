using DrawImages.Rendering;

namespace DrawImages.Scenes;

/// <summary>The colours of a forest.</summary>
internal sealed record ForestSeason(Colour Light, Colour Haze, Colour Bark, Colour Ground, Colour[] Leaves)
{
    public static ForestSeason MistyMorning { get; } = new(
        Colour.Hex(0xF3F2D8), Colour.Hex(0x9DBDB0), Colour.Hex(0x2A2A22), Colour.Hex(0x3E5230),
        [Colour.Hex(0x41682F), Colour.Hex(0x5C8A3A), Colour.Hex(0x2E5130), Colour.Hex(0x7FA544)]);

    public static ForestSeason Autumn { get; } = new(
        Colour.Hex(0xFFE6A8), Colour.Hex(0xE3B98A), Colour.Hex(0x38261E), Colour.Hex(0x7A4A22),
        [Colour.Hex(0xC8641C), Colour.Hex(0xE39A26), Colour.Hex(0x9E3A1C), Colour.Hex(0xF0BE48)]);
}
