using System.Globalization;

namespace Fovea.Tasks;

/// <summary>Letters of 3 x 5 dots from a table, so that no font needs to be there: digits, capital letters (small ones are drawn as such) and a few signs. Others are an empty frame.</summary>
internal static class PixelFont
{
    /// <summary>Dots from the top of a letter to its bottom.</summary>
    public const int Rows = 5;

    private const int Columns = 3, Advance = Columns + 1;
    private const ushort Frame = 0b111_101_101_101_111;

    // Five rows of three dots each, the upper left one in the highest bit.
    private static readonly Dictionary<char, ushort> Letters = new (char Letter, ushort Dots)[]
    {
        (' ', 0), ('.', 0b000_000_000_000_010), ('-', 0b000_000_111_000_000), ('_', 0b000_000_000_000_111), ('/', 0b001_001_010_100_100), (':', 0b000_010_000_010_000),
        ('0', 0b111_101_101_101_111), ('1', 0b010_110_010_010_111), ('2', 0b111_001_111_100_111), ('3', 0b111_001_111_001_111), ('4', 0b101_101_111_001_001),
        ('5', 0b111_100_111_001_111), ('6', 0b111_100_111_101_111), ('7', 0b111_001_001_010_010), ('8', 0b111_101_111_101_111), ('9', 0b111_101_111_001_111),
        ('A', 0b010_101_111_101_101), ('B', 0b110_101_110_101_110), ('C', 0b011_100_100_100_011), ('D', 0b110_101_101_101_110), ('E', 0b111_100_110_100_111),
        ('F', 0b111_100_110_100_100), ('G', 0b011_100_101_101_011), ('H', 0b101_101_111_101_101), ('I', 0b111_010_010_010_111), ('J', 0b001_001_001_101_010),
        ('K', 0b101_101_110_101_101), ('L', 0b100_100_100_100_111), ('M', 0b101_111_111_101_101), ('N', 0b110_101_101_101_101), ('O', 0b010_101_101_101_010),
        ('P', 0b110_101_110_100_100), ('Q', 0b010_101_101_111_011), ('R', 0b110_101_110_101_101), ('S', 0b011_100_010_001_110), ('T', 0b111_010_010_010_010),
        ('U', 0b101_101_101_101_111), ('V', 0b101_101_101_101_010), ('W', 0b101_101_111_111_101), ('X', 0b101_101_010_101_101), ('Y', 0b101_101_010_010_010),
        ('Z', 0b111_001_010_100_111),
    }.ToDictionary(pair => pair.Letter, pair => pair.Dots);

    /// <summary>Columns of dots of a text, without a gap behind the last letter.</summary>
    public static int WidthOf(string text) => Math.Max(0, Advance * text.Length - 1);

    /// <summary>The dots of a text: column and row of each, from its left upper corner.</summary>
    public static IEnumerable<(int Column, int Row)> DotsOf(string text)
    {
        for (int place = 0; place < text.Length; place++)
        {
            ushort dots = Letters.GetValueOrDefault(char.ToUpper(text[place], CultureInfo.InvariantCulture), Frame);
            for (int dot = 0; dot < Columns * Rows; dot++)
            {
                if ((dots >> (Columns * Rows - 1 - dot) & 1) == 1) yield return (place * Advance + dot % Columns, dot / Columns);
            }
        }
    }
}
