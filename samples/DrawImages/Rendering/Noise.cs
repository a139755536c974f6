namespace DrawImages.Rendering;

/// <summary>Randomness that belongs to a place and not to a moment: the same seed gives the same world, in whatever order it is asked.</summary>
internal sealed class Noise(uint seed)
{
    private static readonly (double Sine, double Cosine)[] Directions = [.. Enumerable.Range(0, 256).Select(step => Math.SinCos(2 * Math.PI * step / 256))];

    /// <summary>A number of a cell of the integer grid, evenly spread, 0 to below 1; each <paramref name="channel"/> has its own.</summary>
    public double Cell(int column, int row = 0, int channel = 0)
    {
        uint hash = seed * 0xC2B2AE3Du + (uint)column * 0x9E3779B1u + (uint)row * 0x85EBCA77u + (uint)channel * 0x27D4EB2Fu;
        hash = (hash ^ hash >> 15) * 0x2C1B3C6Du;
        hash = (hash ^ hash >> 12) * 0x297A2D39u;
        hash ^= hash >> 15;
        return hash / 4294967296.0;
    }

    /// <summary>Gradient noise, about -1 to 1, one bump per unit: Perlin 2002, with the fifth-degree fade.</summary>
    public double Smooth(double x, double y)
    {
        int column = (int)Math.Floor(x), row = (int)Math.Floor(y);
        double u = x - column, v = y - row;
        double across = Fade(u), down = Fade(v);
        double top = Lerp(Slope(column, row, u, v), Slope(column + 1, row, u - 1, v), across);
        double bottom = Lerp(Slope(column, row + 1, u, v - 1), Slope(column + 1, row + 1, u - 1, v - 1), across);
        return 1.4 * Lerp(top, bottom, down);
    }

    /// <summary>Smooth noise on several scales, each twice as fine and half as strong; about -1 to 1.</summary>
    public double Fractal(double x, double y, int octaves)
    {
        double sum = 0, weight = 0.55;
        for (int octave = 0; octave < octaves; octave++, weight *= 0.5)
        {
            sum += weight * Smooth(x, y);
            (x, y) = (1.97 * x + 17.3, 2.03 * y - 9.1);          // not exactly 2, or the grids' zeros would fall on each other
        }
        return sum;
    }

    /// <summary>Sharp crests, 0 to 1: mountains, cracks.</summary>
    public double Ridged(double x, double y, int octaves)
    {
        double sum = 0, weight = 0.5;
        for (int octave = 0; octave < octaves; octave++, weight *= 0.5)
        {
            double crest = 1 - Math.Abs(Smooth(x, y));
            sum += weight * crest * crest;
            (x, y) = (1.97 * x + 17.3, 2.03 * y - 9.1);
        }
        return sum;
    }

    /// <summary>The pebble that a place belongs to: one centre in each unit cell, the nearest wins (Worley 1996).</summary>
    public Pebble PebbleAt(double x, double y)
    {
        int column = (int)Math.Floor(x), row = (int)Math.Floor(y);
        Pebble nearest = new(0, 0, 9, 9, 0, 0);
        for (int j = row - 1; j <= row + 1; j++)
        {
            for (int i = column - 1; i <= column + 1; i++)
            {
                double dx = i + 0.1 + 0.8 * Cell(i, j, 1) - x, dy = j + 0.1 + 0.8 * Cell(i, j, 2) - y;
                double distance = Math.Sqrt(dx * dx + dy * dy);
                if (distance < nearest.Distance) nearest = new(i, j, distance, nearest.Distance, -dx, -dy);
                else if (distance < nearest.NextDistance) nearest = nearest with { NextDistance = distance };
            }
        }
        return nearest;
    }

    private double Slope(int column, int row, double u, double v)
    {
        (double sine, double cosine) = Directions[(int)(Directions.Length * Cell(column, row))];
        return cosine * u + sine * v;
    }

    private static double Fade(double t) => t * t * t * (t * (6 * t - 15) + 10);

    private static double Lerp(double from, double to, double share) => from + (to - from) * share;
}

/// <summary>A place inside a pebble: its cell, the distances to its own centre and to the next one's, and the way from its centre.</summary>
internal readonly record struct Pebble(int Column, int Row, double Distance, double NextDistance, double FromCentreX, double FromCentreY)
{
    /// <summary>0 on the edge between two pebbles, growing inwards.</summary>
    public double Inside => NextDistance - Distance;
}
