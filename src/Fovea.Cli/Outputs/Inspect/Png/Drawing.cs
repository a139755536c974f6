using Fovea.Images;

namespace Fovea.Cli.Outputs.Inspect;

/// <summary>A picture that is drawn on: rectangles, lines, short texts, other pictures and maps. What lies outside is cut off.</summary>
internal sealed class Drawing : IDisposable
{
    private const int Dot = 2, Advance = (PixelFont.Columns + 1) * Dot;

    private readonly RgbImage _image;

    /// <summary>A white picture.</summary>
    public Drawing(int width, int height)
    {
        (Width, Height, _image) = (width, height, new RgbImage(new ImageSize(height, width)));
        _image.Pixels.Fill(255);
    }

    public int Width { get; }

    public int Height { get; }

    /// <summary>Rows of a text.</summary>
    public static int TextHeight => PixelFont.Rows * Dot;

    /// <summary>Columns of a text.</summary>
    public static int TextWidth(string text) => Math.Max(0, Advance * text.Length - Dot);

    public void Fill(int left, int top, int width, int height, (byte Red, byte Green, byte Blue) colour)
    {
        for (int row = Math.Max(0, top); row < Math.Min(Height, top + height); row++)
        {
            for (int column = Math.Max(0, left); column < Math.Min(Width, left + width); column++) Set(column, row, colour);
        }
    }

    /// <summary>The edges of a rectangle, drawn inwards.</summary>
    public void Outline(int left, int top, int width, int height, int line, (byte Red, byte Green, byte Blue) colour)
    {
        Fill(left, top, width, line, colour);
        Fill(left, top + height - line, width, line, colour);
        Fill(left, top, line, height, colour);
        Fill(left + width - line, top, line, height, colour);
    }

    /// <summary>A line between two points, two pixels thick.</summary>
    public void Line(double fromX, double fromY, double toX, double toY, (byte Red, byte Green, byte Blue) colour)
    {
        int steps = Math.Max(1, (int)Math.Ceiling(Math.Max(Math.Abs(toX - fromX), Math.Abs(toY - fromY))));
        for (int step = 0; step <= steps; step++) Fill((int)Math.Round(fromX + (toX - fromX) * step / steps), (int)Math.Round(fromY + (toY - fromY) * step / steps), 2, 2, colour);
    }

    /// <summary>A text in capitals; its left upper corner is given.</summary>
    public void Text(string text, int left, int top, (byte Red, byte Green, byte Blue) colour)
    {
        foreach ((int place, char letter) in text.Index())
        {
            for (int dot = 0; dot < PixelFont.Rows * PixelFont.Columns; dot++)
            {
                if (!PixelFont.IsSet(letter, dot / PixelFont.Columns, dot % PixelFont.Columns)) continue;
                Fill(left + place * Advance + dot % PixelFont.Columns * Dot, top + dot / PixelFont.Columns * Dot, Dot, Dot, colour);
            }
        }
    }

    /// <summary>A grid of colours, each a rectangle: nearest neighbour.</summary>
    /// <param name="left">Where it begins.</param>
    /// <param name="top">Where it begins.</param>
    /// <param name="size">What it fills.</param>
    /// <param name="grid">Rows and columns.</param>
    /// <param name="colour">Of a patch.</param>
    public void Squares(int left, int top, ImageSize size, PatchGrid grid, Func<int, (byte Red, byte Green, byte Blue)> colour)
    {
        for (int row = 0; row < size.Height; row++)
        {
            for (int column = 0; column < size.Width; column++)
            {
                Put(left + column, top + row, colour(row * grid.Rows / size.Height * grid.Columns + column * grid.Columns / size.Width));
            }
        }
    }

    /// <summary>A grid of colours, blended between the centres of the patches: bilinear.</summary>
    public void Smooth(int left, int top, ImageSize size, PatchGrid grid, ReadOnlySpan<byte> colours)
    {
        Span<byte> mixed = stackalloc byte[3];
        for (int row = 0; row < size.Height; row++)
        {
            double y = Math.Clamp((row + 0.5) * grid.Rows / size.Height - 0.5, 0, grid.Rows - 1);
            for (int column = 0; column < size.Width; column++)
            {
                double x = Math.Clamp((column + 0.5) * grid.Columns / size.Width - 0.5, 0, grid.Columns - 1);
                (int x0, int y0) = ((int)x, (int)y);
                (int x1, int y1) = (Math.Min(x0 + 1, grid.Columns - 1), Math.Min(y0 + 1, grid.Rows - 1));
                for (int channel = 0; channel < 3; channel++)
                {
                    double upper = colours[3 * (y0 * grid.Columns + x0) + channel] * (1 - x + x0) + colours[3 * (y0 * grid.Columns + x1) + channel] * (x - x0);
                    double lower = colours[3 * (y1 * grid.Columns + x0) + channel] * (1 - x + x0) + colours[3 * (y1 * grid.Columns + x1) + channel] * (x - x0);
                    mixed[channel] = (byte)Math.Round(upper * (1 - y + y0) + lower * (y - y0));
                }
                Put(left + column, top + row, (mixed[0], mixed[1], mixed[2]));
            }
        }
    }

    /// <summary>Another picture, made to fit.</summary>
    public void Picture(RgbImage picture, int left, int top, ImageSize size)
    {
        for (int row = 0; row < size.Height; row++)
        {
            Span<byte> source = picture.Row(row * picture.Size.Height / size.Height);
            for (int column = 0; column < size.Width; column++)
            {
                int place = RgbImage.PixelBytes * (column * picture.Size.Width / size.Width);
                Put(left + column, top + row, (source[place], source[place + 1], source[place + 2]));
            }
        }
    }

    public void WritePng(Stream output) => ReportPicture.WritePng(_image, output);

    public void Dispose() => _image.Dispose();

    private void Put(int column, int row, (byte Red, byte Green, byte Blue) colour)
    {
        if (column >= 0 && column < Width && row >= 0 && row < Height) Set(column, row, colour);
    }

    private void Set(int column, int row, (byte Red, byte Green, byte Blue) colour)
    {
        Span<byte> pixel = _image.Pixels.Slice(RgbImage.PixelBytes * (row * Width + column), 3);
        (pixel[0], pixel[1], pixel[2]) = colour;
    }
}
