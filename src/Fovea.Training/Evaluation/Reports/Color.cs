namespace Fovea.Training.Evaluation;

/// <summary>8-bit red, green and blue.</summary>
internal readonly record struct Color(byte Red, byte Green, byte Blue)
{
    public static Color White => new(255, 255, 255);

    /// <summary>The colour on the way to another: at share 0 this one, at 1 the other.</summary>
    public Color Towards(Color other, double share) => new(Mix(Red, other.Red, share), Mix(Green, other.Green, share), Mix(Blue, other.Blue, share));

    private static byte Mix(byte from, byte to, double share) => (byte)Math.Round(from + (to - from) * share);
}
