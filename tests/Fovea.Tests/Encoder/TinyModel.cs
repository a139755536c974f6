using SkiaSharp;

namespace Fovea.Tests.Encoder;

/// <summary>The small golden network as files: what a user has.</summary>
internal static class TinyModel
{
    public static string Path => System.IO.Path.Combine(TestFolders.Golden("vit_tiny"), "vit_reg4_m16_rms_avg_emb_5.pt");

    public static string PathWithHead => System.IO.Path.Combine(TestFolders.Golden("vit_tiny"), "vit_reg4_m16_rms_avg_seven_5.safetensors");

    /// <summary>The golden's pictures as PNG files, in a folder of their own: 0.png, 1.png, 2.png.</summary>
    public static TemporaryFolder Pictures()
    {
        using Graphs.GoldenTensors golden = new(System.IO.Path.Combine(TestFolders.Golden("vit_tiny"), "reference.safetensors"));
        TemporaryFolder folder = new();
        foreach ((int number, float[] pixels) in golden.Floats("inputs.pixels").Chunk(3 * 64 * 64).Index())
        {
            File.WriteAllBytes(System.IO.Path.Combine(folder.Path, $"{number}.png"), Png(pixels, 64, 64));
        }
        return folder;
    }

    /// <param name="planes">[3, height, width], 0 to 255.</param>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    public static byte[] Png(float[] planes, int height, int width)
    {
        using SKBitmap bitmap = new(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque);
        int plane = height * width;
        for (int index = 0; index < plane; index++)
        {
            bitmap.SetPixel(index % width, index / width, new SKColor((byte)planes[index], (byte)planes[plane + index], (byte)planes[2 * plane + index]));
        }
        using SKData data = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        return data.ToArray();
    }
}
