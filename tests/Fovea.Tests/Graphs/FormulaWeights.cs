using System.Text;
using Fovea.Checkpoints;
using Fovea.Networks;

namespace Fovea.Tests.Graphs;

/// <summary>Weights and pictures from one hash, as `vit_full` has them (tests/Goldens/README.md): nothing large needs to be stored.</summary>
internal static class FormulaWeights
{
    private static readonly (string Suffix, double Offset, double Scale)[] Scales =
    [
        ("conv_proj.weight", 0, 0.0625),
        ("conv_proj.bias", 0, 0.25),
        ("pos_embedding", 0, 0.5),
        ("reg_tokens", 0, 1.0),
        (".attn.qkv.weight", 0, 0.140625),
        (".attn.qkv.bias", 0, 0.25),
        (".attn.proj.weight", 0, 0.0625),
        (".attn.proj.bias", 0, 0.125),
        (".mlp.0.weight", 0, 0.09375),
        (".mlp.0.bias", 0, 0.25),
        (".mlp.3.weight", 0, 0.046875),
        (".mlp.3.bias", 0, 0.125),
        ("norm1.weight", 1, 0.5),
        ("norm2.weight", 1, 0.5),
        ("norm.weight", 1, 0.5),
        ("classifier.weight", 0, 0.125),
        ("classifier.bias", 0, 0.5),
    ];

    public static Dictionary<string, Weight> Of(VitNetwork network, ulong seed = 0) =>
        VitParameters.Of(network).ToDictionary(parameter => parameter.Key, parameter => new Weight(parameter.Shape, Values(parameter, seed)));

    public static float[] Values(Parameter parameter, ulong seed = 0)
    {
        (_, double offset, double scale) = Scales.First(row => parameter.Key.EndsWith(row.Suffix, StringComparison.Ordinal));
        ulong hash = Hash(parameter.Key);
        float[] values = new float[parameter.Shape.ElementCount];
        Parallel.For(0, values.Length, index => values[index] = (float)(offset + scale * Uniform(seed, hash, (ulong)index)));
        return values;
    }

    /// <summary>24 bits in [-1, 1), exact in float32.</summary>
    public static double Uniform(ulong seed, ulong hash, ulong index) => ((double)(Mix(seed, hash, index) >> 40) - 8388608) / 8388608;

    public static ulong Mix(ulong seed, ulong hash, ulong index)
    {
        ulong z = unchecked(hash + seed * 0xD1342543DE82EF95) ^ unchecked(index * 0x9E3779B97F4A7C15);
        z = unchecked((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9);
        z = unchecked((z ^ (z >> 27)) * 0x94D049BB133111EB);
        return z ^ (z >> 31);
    }

    /// <summary>FNV-1a, 64 bits.</summary>
    public static ulong Hash(string key)
    {
        ulong hash = 0xCBF29CE484222325;
        foreach (byte letter in Encoding.UTF8.GetBytes(key)) hash = unchecked((hash ^ letter) * 0x100000001B3);
        return hash;
    }

    /// <summary>A picture at 224, normalised as birder does, [3, 224, 224].</summary>
    public static float[] Image(int number)
    {
        ChannelStatistics statistics = ChannelStatistics.Birder;
        byte[] pixels = Picture(number, 224);
        float[] image = new float[pixels.Length];
        for (int index = 0; index < pixels.Length; index++)
        {
            int channel = index / (224 * 224);
            image[index] = (pixels[index] / 255f - (float)statistics.Mean[channel]) / (float)statistics.Deviation[channel];
        }
        return image;
    }

    /// <summary>Picture <paramref name="number"/> of a square side, 8 bit, [3, side, side]; whole numbers only.</summary>
    public static byte[] Picture(int number, int side, ulong seed = 0)
    {
        byte[] pixels = new byte[3 * side * side];
        int n = number;
        for (int c = 0; c < 3; c++)
        {
            ulong hash = Hash($"picture.{n}.{c}");
            for (int y = 0; y < side; y++)
            {
                for (int x = 0; x < side; x++)
                {
                    int t1 = Triangle((x * (3 + 2 * n + c) + y * (5 - 2 * n + 3 * c)) / (2 + n));
                    int t2 = Triangle((Square(x - 60 - 70 * n - 11 * c) + Square(y - 90 - 20 * n)) / (40 + 25 * c + 60 * n));
                    int block = ((x >> 5) * 5 + (y >> 5) * (3 + n) + 7 * c) * 37 & 255;
                    int noise = (int)(Mix(seed, hash, (ulong)(y * side + x)) >> 58);
                    int pixel = (2 * t1 + t2 + 3 * block) / 6 + noise - 32 + (c == n ? 40 : 0);
                    pixels[(c * side + y) * side + x] = (byte)Math.Clamp(pixel, 0, 255);
                }
            }
        }
        return pixels;
    }

    private static int Triangle(int k) => (k & 255) < 128 ? 2 * (k & 255) : 510 - 2 * (k & 255);

    private static int Square(int x) => x * x;
}
