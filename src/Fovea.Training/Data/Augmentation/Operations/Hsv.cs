namespace Fovea.Training.Data;

/// <summary>A colour as hue, saturation and value (Smith 1978), each 0 to 1.</summary>
/// <param name="Hue">Place on the circle: red 0, green 1/3, blue 2/3.</param>
/// <param name="Saturation">0 is grey.</param>
/// <param name="Value">The largest channel.</param>
internal readonly record struct Hsv(float Hue, float Saturation, float Value)
{
    // As torchvision goes from [0, 1] to bytes: each byte has an equal part of the range, and what came from a byte goes back to it.
    private const float ToByte = 255 + 1 - 1e-3f;

    /// <summary>From three bytes.</summary>
    public static Hsv Of(ReadOnlySpan<byte> pixel)
    {
        const float Scale = 1f / 255;
        (float red, float green, float blue) = (pixel[0] * Scale, pixel[1] * Scale, pixel[2] * Scale);
        float most = Math.Max(red, Math.Max(green, blue)), range = most - Math.Min(red, Math.Min(green, blue));
        if (range == 0) return new(0, 0, most);
        (float fromRed, float fromGreen, float fromBlue) = ((most - red) / range, (most - green) / range, (most - blue) / range);
        float sixths = most == red ? fromBlue - fromGreen : most == green ? fromRed + 2 - fromBlue : fromGreen + 4 - fromRed;
        return new((sixths * (1f / 6) + 1) % 1, range / most, most);
    }

    /// <summary>The same colour elsewhere on the circle.</summary>
    public Hsv Turned(float shift)
    {
        float hue = (Hue + shift) % 1;
        return this with { Hue = hue < 0 ? hue + 1 : hue };
    }

    /// <summary>To three bytes.</summary>
    public void Write(Span<byte> pixel)
    {
        float sixths = Hue * 6, sector = MathF.Floor(sixths), rest = sixths - sector;
        float grey = 1 - Saturation;
        float falling = Part(1 - Saturation * rest), rising = Part(Saturation * rest + grey), least = Part(grey);
        (float red, float green, float blue) = ((int)sector % 6) switch
        {
            0 => (Value, rising, least),
            1 => (falling, Value, least),
            2 => (least, Value, rising),
            3 => (least, falling, Value),
            4 => (rising, least, Value),
            _ => (Value, least, falling),
        };
        (pixel[0], pixel[1], pixel[2]) = (Tones.Cut(red * ToByte), Tones.Cut(green * ToByte), Tones.Cut(blue * ToByte));
    }

    private float Part(float share) => Math.Clamp(share * Value, 0, 1);
}
