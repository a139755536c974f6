using DrawImages.Rendering;

namespace DrawImages.Scenes;

/// <summary>A boat at anchor: hull, cabin, mast, and sails when they are set.</summary>
internal sealed record Boat(double Across, double Waterline, double Length, Colour Hull, bool HasSails)
{
    private static readonly Colour[] Paints = [Colour.Hex(0xB3362B), Colour.Hex(0x23527C), Colour.Hex(0xF1EDE2), Colour.Hex(0x2F6B4F), Colour.Hex(0xD9A441)];

    /// <summary>Seven boats, far to near, spread over the width so that few cover each other.</summary>
    public static Boat[] Fleet(uint seed, double waterline)
    {
        Noise noise = new(seed);
        Boat[] fleet = new Boat[7];
        for (int boat = 0; boat < fleet.Length; boat++)
        {
            double nearness = boat / (fleet.Length - 1.0);
            double across = (0.12 + 0.41 * boat + 0.08 * noise.Cell(boat, 0)) % 0.9 + 0.05;
            fleet[boat] = new(across, waterline + 0.035 + 0.3 * nearness * nearness, 0.08 + 0.17 * nearness, Paints[boat % Paints.Length], noise.Cell(boat, 1) < 0.45);
        }
        return fleet;
    }

    /// <summary>The boat at a place; null beside it.</summary>
    /// <param name="left">From its middle to the right, in heights of the picture.</param>
    /// <param name="down">From its waterline downwards.</param>
    public Colour? ColourAt(double left, double down)
    {
        double u = left / Length, above = -down / Length;                      // in lengths of the boat
        if (Math.Abs(u) > 0.62 || above is < -0.06 or > 1.25) return null;
        return HullAt(u, above) ?? CabinAt(u, above) ?? RigAt(u, above);
    }

    private Colour? HullAt(double u, double above)
    {
        double deck = 0.13 + 0.18 * u * u * (u > 0 ? 1.3 : 0.6);               // the bow, on the right, rises most
        if (above > deck) return null;
        double half = 0.40 + 0.55 * Math.Max(0, above) * (u > 0 ? 1.15 : 0.35);
        if (Math.Abs(u) > half) return null;
        if (above < 0.02) return Colour.Hex(0x3A2A28);
        if (above > deck - 0.022) return Colour.Hex(0xF5F1E6);
        return Hull * (0.72 + 1.6 * above);
    }

    private static Colour? CabinAt(double u, double above)
    {
        if (u is < -0.3 or > 0.02 || above is < 0.1 or > 0.27) return null;
        return above is > 0.17 and < 0.23 && (u + 0.3) % 0.11 is > 0.03 and < 0.09 ? Colour.Hex(0x2E3B46) : Colour.Hex(0xF2EDE1);
    }

    private Colour? RigAt(double u, double above)
    {
        if (Math.Abs(u - 0.06) < 0.011 && above < 1.2) return Colour.Hex(0x8A6240);
        if (HasSails && above is > 0.28 and < 1.15)
        {
            double reach = 1.15 - above;
            if (u < 0.04 && u > 0.04 - 0.48 * reach) return Colour.Hex(0xF7F0DC) * (0.86 + 0.14 * Ramp.Step(-0.4, 0, u));
            if (u > 0.085 && u < 0.085 + 0.42 * (1.0 - above)) return Colour.Hex(0xEBDFC4);
        }
        if (Math.Abs(above - 0.3) < 0.016 && u is > -0.4 and < 0.06) return HasSails ? Colour.Hex(0x8A6240) : Colour.Hex(0xE4DAC3);
        double stay = above - 1.18 + 1.93 * Math.Abs(u - 0.06);
        return !HasSails && Math.Abs(stay) < 0.016 && above > 0.2 ? Colour.Hex(0x5A5048) : null;
    }
}
