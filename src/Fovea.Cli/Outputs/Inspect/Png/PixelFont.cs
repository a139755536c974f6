namespace Fovea.Cli.Outputs.Inspect;

/// <summary>Capital letters, digits and a few signs of three by five dots, so that pictures need no font of the machine.</summary>
internal static class PixelFont
{
    /// <summary>Dots of a letter.</summary>
    public const int Columns = 3, Rows = 5;

    private const string Letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ.-%:/,+";

    // Five rows of three dots each, the first row in the highest bits.
    private static readonly ushort[] Dots =
    [
        0b111_101_101_101_111, 0b010_110_010_010_111, 0b111_001_111_100_111, 0b111_001_111_001_111, 0b101_101_111_001_001,
        0b111_100_111_001_111, 0b111_100_111_101_111, 0b111_001_001_010_010, 0b111_101_111_101_111, 0b111_101_111_001_111,
        0b010_101_111_101_101, 0b110_101_110_101_110, 0b011_100_100_100_011, 0b110_101_101_101_110, 0b111_100_110_100_111,
        0b111_100_110_100_100, 0b011_100_101_101_011, 0b101_101_111_101_101, 0b111_010_010_010_111, 0b001_001_001_101_010,
        0b101_101_110_101_101, 0b100_100_100_100_111, 0b101_111_111_101_101, 0b111_101_101_101_101, 0b010_101_101_101_010,
        0b110_101_110_100_100, 0b010_101_101_110_011, 0b110_101_110_101_101, 0b011_100_010_001_110, 0b111_010_010_010_010,
        0b101_101_101_101_111, 0b101_101_101_101_010, 0b101_101_111_111_101, 0b101_101_010_101_101, 0b101_101_010_010_010,
        0b111_001_010_100_111, 0b000_000_000_000_010, 0b000_000_111_000_000, 0b101_001_010_100_101, 0b000_010_000_010_000,
        0b001_001_010_100_100, 0b000_000_000_010_100, 0b000_010_111_010_000,
    ];

    /// <summary>Whether a dot of a letter is set; what is no letter of the font is a blank.</summary>
    public static bool IsSet(char letter, int row, int column)
    {
        int place = Letters.IndexOf(char.ToUpperInvariant(letter), StringComparison.Ordinal);
        return place >= 0 && (Dots[place] >> (Columns * Rows - 1 - row * Columns - column) & 1) != 0;
    }
}
