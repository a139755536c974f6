using DrawImages.Rendering;

namespace DrawImages.Textures;

/// <summary>Oiled boards: year rings that bend round knots, fibres along them, dark seams between the boards.</summary>
internal sealed class WoodTexture(uint seed) : IScene
{
    private const int Boards = 4;

    private static readonly Colour Early = Colour.Hex(0xC98F55), Late = Colour.Hex(0x7E4A24), Knot = Colour.Hex(0x3E2213);

    private readonly Noise _noise = new(seed);

    public Colour At(double x, double y, double aspect)
    {
        int board = (int)(y * Boards);
        double across = y * Boards - board, shift = 13.7 * board;
        double knotX = aspect * (0.15 + 0.7 * _noise.Cell(board, 1)), knotY = 0.3 + 0.4 * _noise.Cell(board, 2);
        double dx = (x - knotX) * 3.0, dy = (across - knotY) * 1.5, centre = Math.Sqrt(dx * dx + dy * dy);
        double knot = board == 2 ? 0 : Math.Exp(-9 * centre * centre);              // one board has none
        // Rings keep their distance from the middle of a knot, so they swerve round it and crowd at its sides.
        double ring = 3.4 * (across - knotY) * (1 - 0.96 * knot) + (1 - knot) * 0.9 * _noise.Fractal(0.9 * x + shift, 0.8 * across, 3);
        double year = 3.2 * ring - Math.Floor(3.2 * ring);                          // pale spring wood, then a dark line
        Colour wood = Early.Mix(Late, 0.75 * Ramp.Step(0.35, 0.97, year) * Ramp.Step(1, 0.97, year));
        double fibre = _noise.Fractal(5 * x + shift, 95 * across, 4), pore = Ramp.Step(0.35, 0.65, _noise.Smooth(9 * x + shift, 150 * across));
        wood *= (0.92 + 0.14 * fibre - 0.13 * pore) * (0.88 + 0.22 * _noise.Cell(board, 4));
        double whorl = 0.7 + 0.3 * Math.Sin(110 * centre + 3 * fibre);
        wood = wood.Mix(Knot, Ramp.Step(0.60, 0.86, knot + 0.05 * fibre) * whorl * 0.85);
        double seam = Ramp.Step(0.0, 0.014, Math.Min(across, 1 - across));
        double lamp = 1.10 - 0.28 * Math.Sqrt(Math.Pow(x / aspect - 0.3, 2) + Math.Pow(y - 0.25, 2));
        return wood * ((0.35 + 0.65 * seam) * lamp);
    }
}
