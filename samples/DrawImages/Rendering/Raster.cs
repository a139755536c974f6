namespace DrawImages.Rendering;

/// <summary>Finished pixels: red, green, blue, alpha, row by row from the top, not premultiplied.</summary>
internal sealed record Raster(int Width, int Height, byte[] Pixels)
{
    public const int Channels = 4;

    /// <summary>The picture lying on its left side: a quarter turn against the clock.</summary>
    public Raster TurnedLeft()
    {
        byte[] turned = new byte[Pixels.Length];
        for (int row = 0; row < Width; row++)
        {
            for (int column = 0; column < Height; column++)
            {
                int from = Channels * (column * Width + Width - 1 - row);
                Pixels.AsSpan(from, Channels).CopyTo(turned.AsSpan(Channels * (row * Height + column)));
            }
        }
        return new(Height, Width, turned);
    }

    /// <summary>Brightness alone, one byte a pixel.</summary>
    public byte[] Grey()
    {
        byte[] grey = new byte[Width * Height];
        for (int pixel = 0; pixel < grey.Length; pixel++)
        {
            ReadOnlySpan<byte> colour = Pixels.AsSpan(Channels * pixel, Channels);
            grey[pixel] = (byte)((299 * colour[0] + 587 * colour[1] + 114 * colour[2] + 500) / 1000);
        }
        return grey;
    }
}
