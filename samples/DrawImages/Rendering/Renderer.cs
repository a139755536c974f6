namespace DrawImages.Rendering;

/// <summary>Turns a scene into pixels: the mean of four places in each pixel, so that edges are smooth.</summary>
internal static class Renderer
{
    // A turned square: four places with four different columns and rows, so that upright and level edges get five shades.
    private static readonly (double X, double Y)[] Places = [(0.375, 0.125), (0.875, 0.375), (0.125, 0.625), (0.625, 0.875)];

    public static Raster Render(IScene scene, int width, int height)
    {
        byte[] pixels = new byte[Raster.Channels * width * height];
        Parallel.For(0, height, row =>
        {
            for (int column = 0; column < width; column++)
            {
                Write(Pixel(scene, column, row, width, height), pixels.AsSpan(Raster.Channels * (row * width + column), Raster.Channels));
            }
        });
        return new(width, height, pixels);
    }

    // Colours are averaged weighted by their alpha: what is transparent has no colour to give.
    private static Colour Pixel(IScene scene, int column, int row, int width, int height)
    {
        Colour sum = Colour.Black;
        double alpha = 0;
        foreach ((double placeX, double placeY) in Places)
        {
            double x = (column + placeX) / height, y = (row + placeY) / height;
            Colour colour = scene.At(x, y, (double)width / height);
            sum += Cut(colour) * colour.Alpha;
            alpha += colour.Alpha;
        }
        return alpha == 0 ? Colour.Transparent : (sum * (1 / alpha)) with { Alpha = alpha / Places.Length };
    }

    private static Colour Cut(Colour colour) =>
        new(Math.Clamp(colour.Red, 0, 1), Math.Clamp(colour.Green, 0, 1), Math.Clamp(colour.Blue, 0, 1), colour.Alpha);

    private static void Write(Colour colour, Span<byte> pixel)
    {
        pixel[0] = (byte)(255 * colour.Red + 0.5);
        pixel[1] = (byte)(255 * colour.Green + 0.5);
        pixel[2] = (byte)(255 * colour.Blue + 0.5);
        pixel[3] = (byte)(255 * colour.Alpha + 0.5);
    }
}
