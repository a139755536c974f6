using System.Buffers.Binary;
using System.Globalization;

namespace Fovea.Cli.Runs;

/// <summary>
/// A few pictures for whoever has none at hand: slopes, waves, rings, checks, blots and grain in changing mixtures and colours. They stand for no data; what
/// a network makes of them tells whether it computes, roughly. Whole numbers only, so that they are the same everywhere.
/// </summary>
internal static class DrawnPictures
{
    private const int Count = 16, Width = 320, Height = 240, HeaderBytes = 54;

    public static ImageSource Source { get; } =
        ImageSource.All(Enumerable.Range(1, Count).Select(number => ImageSource.Bytes(Bitmap(number), string.Create(CultureInfo.InvariantCulture, $"drawn {number}"))));

    // A Windows bitmap of 24 bits: blue, green, red, rows from the bottom; 320 x 3 bytes are a multiple of four as the format wants.
    private static byte[] Bitmap(int number)
    {
        byte[] file = new byte[HeaderBytes + 3 * Width * Height];
        "BM"u8.CopyTo(file);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(2), file.Length);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(10), HeaderBytes);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(14), HeaderBytes - 14);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(18), Width);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(22), Height);
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(26), 1);
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(28), 24);
        for (int index = 0; index < 3 * Width * Height; index++)
        {
            int channel = index % 3, column = index / 3 % Width, row = index / 3 / Width;
            file[HeaderBytes + index] = Level(number, channel, column, row);
        }
        return file;
    }

    // The parts are weighed by the picture's number, so that in each another one leads.
    private static byte Level(int number, int channel, int x, int y)
    {
        int tone = 40 * channel * (number % 3);
        int slope = (x * (number % 5) + y * (3 + channel)) / 4;
        int waves = Fold(x * (1 + number % 7) + y * (number % 4) + tone);
        int centreX = 40 + number * 53 % 240, centreY = 30 + number * 31 % 180;
        int distance = (x - centreX) * (x - centreX) + (y - centreY) * (y - centreY);
        int rings = Fold(distance / (8 + 5 * number) + tone);
        int checks = (x / (8 + 3 * number) + y / (8 + 2 * number)) % 2 * 200;
        int blot = distance < 40 * (20 + 17 * number) ? 230 - tone : 30 + tone;
        int grain = (int)(Hash((uint)(((number * 3 + channel) * Height + y) * Width + x)) >> 24);
        ReadOnlySpan<int> parts = [Fold(slope), waves, rings, checks, blot, grain];
        int sum = 0;
        for (int part = 0; part < parts.Length; part++) sum += Weight(number, part) * parts[part];
        return (byte)Math.Clamp(sum / 8, 0, 255);
    }

    /// <summary>Four eighths to one part, two to the next, one to two more.</summary>
    private static int Weight(int number, int part) => (((part - number) % 6 + 6) % 6) switch
    {
        0 => 4,
        1 => 2,
        2 or 3 => 1,
        _ => 0,
    };

    // Up and down between 0 and 255.
    private static int Fold(int value) => (value & 256) == 0 ? value & 255 : 255 - (value & 255);

    private static uint Hash(uint value)
    {
        value = (value ^ value >> 16) * 0x7FEB352D;
        value = (value ^ value >> 15) * 0x846CA68B;
        return value ^ value >> 16;
    }
}
