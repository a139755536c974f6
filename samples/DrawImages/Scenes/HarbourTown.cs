using DrawImages.Rendering;

namespace DrawImages.Scenes;

/// <summary>What is built in the harbour: two rows of houses, a church, the quay, the mole with its lighthouse.</summary>
internal sealed class HarbourTown(HarbourLight light, uint seed, double waterline)
{
    private static readonly Colour[] Facades =
    [
        Colour.Hex(0xE8C07D), Colour.Hex(0xD98E6A), Colour.Hex(0xF2E3C6), Colour.Hex(0xB8C4BE), Colour.Hex(0xCF7B6B), Colour.Hex(0xE9D9A4), Colour.Hex(0x9DB4C8),
    ];

    private static readonly Colour Lamp = Colour.Hex(0xFFD27A);

    private readonly Noise _noise = new(seed);

    /// <summary>The building at a place; null where there is none.</summary>
    public Colour? ColourAt(double x, double y, double aspect)
    {
        double quay = 0.60 * aspect;
        if (x < quay)
        {
            if (y > waterline - 0.014) return Colour.Hex(0x9A8F80) * light.OnThings * (0.75 + 0.25 * _noise.Cell((int)(x * 90), (int)(y * 160)));
            if (Church(x - 0.2 * aspect, y) is { } church) return church;
            if (House(x, y, waterline - 0.014, 0.052, 0) is { } front && x < quay - 0.02) return front;
            if (x < 0.42 * aspect && House(x + 0.021, y + 0.055 - 0.1 * x / aspect, waterline - 0.014, 0.045, 1) is { } back)
                return back.Mix(light.Horizon, 0.22);
        }
        return Lighthouse(x - 0.9 * aspect, y) ?? Mole(x, y, aspect);
    }

    private Colour? House(double x, double y, double ground, double width, int row)
    {
        int house = (int)Math.Floor(x / width);
        double across = x / width - house;                                      // 0 to 1 over the facade
        double shrink = 1 - 0.4 * x;
        double height = (0.075 + 0.055 * _noise.Cell(house, row)) * Math.Max(0.5, shrink), roof = 0.028 * Math.Max(0.5, shrink);
        double above = ground - y;
        if (above > height + roof * (1 - Math.Abs(2 * across - 1))) return null;
        if (above > height) return Colour.Hex(0xB5533C) * light.OnThings * (0.8 + 0.2 * _noise.Cell(house, row, 1)) * (across < 0.5 ? 0.9 : 1);
        Colour wall = Facades[(int)(_noise.Cell(house, row, 2) * Facades.Length)] * light.OnThings * (across is < 0.04 or > 0.96 ? 0.75 : 1);
        int column = (int)(across * 4), floor = (int)(above / 0.026);
        double u = across * 4 - column, v = above / 0.026 - floor;
        if (u is < 0.28 or > 0.72 || v is < 0.3 or > 0.8 || above > height - 0.012) return wall;
        return _noise.Cell(4 * house + column, floor, 3 + row) < light.Lamps ? Lamp : Colour.Hex(0x33424F) * light.OnThings;
    }

    private Colour? Church(double left, double y)
    {
        double above = waterline - y;
        if (Math.Abs(left) < 0.019 && above < 0.245)
            return Math.Abs(left) < 0.006 && above is > 0.2 and < 0.225 ? Colour.Hex(0x3B3A40) * light.OnThings : Colour.Hex(0xEADFCB) * light.OnThings * (left > 0 ? 1 : 0.85);
        return above is >= 0.245 and < 0.325 && Math.Abs(left) < 0.023 * (0.325 - above) / 0.08 ? Colour.Hex(0x5F8076) * light.OnThings : null;
    }

    private Colour? Lighthouse(double left, double y)
    {
        double above = waterline - 0.02 - y, half = 0.019 - 0.03 * above;
        if (above is > 0 and < 0.2 && Math.Abs(left) < half)
        {
            Colour paint = (int)(above / 0.04) % 2 == 1 ? Colour.Hex(0xC8392E) : Colour.Hex(0xF4EFE6);
            return paint * light.OnThings * (0.72 + 0.28 * Ramp.Step(-half, half, left));
        }
        if (above is >= 0.2 and < 0.206 && Math.Abs(left) < 0.019) return Colour.Hex(0x3D3D45) * light.OnThings;
        if (above is >= 0.206 and < 0.228 && Math.Abs(left) < 0.009) return light.Lamps > 0 ? Colour.Hex(0xFFF2B8) : Colour.Hex(0xBFD4DD) * light.OnThings;
        return above is >= 0.228 and < 0.243 && Math.Abs(left) < 0.013 * (0.243 - above) / 0.015 ? Colour.Hex(0xC8392E) * light.OnThings : null;
    }

    private Colour? Mole(double x, double y, double aspect)
    {
        double from = 0.74 * aspect, top = 0.02 + 0.008 * _noise.Fractal(30 * x, 2.5, 3);
        if (x < from || waterline - y > top * Ramp.Step(from, from + 0.05, x)) return null;
        return Colour.Hex(0x6E675F) * light.OnThings * (0.65 + 0.35 * (1 + _noise.Fractal(45 * x, 60 * y, 3)) / 2);
    }
}
