using Fovea.Tests;
using SkiaSharp;

namespace Fovea.Cli.Tests;

/// <summary>A folder of small pictures of the test's own, deleted when it ends.</summary>
internal sealed class PictureFolder : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public PictureFolder(params string[] names)
    {
        foreach ((int number, string name) in names.Index()) Draw(name, number);
    }

    public string Path => _folder.Path;

    public string[] Names => _folder.Names;

    public static string Model => System.IO.Path.Combine(TestFolders.Golden("vit_tiny"), "vit_reg4_m16_rms_avg_emb_5.pt");

    public string File(string name) => _folder.File(name);

    public void Dispose() => _folder.Dispose();

    /// <summary>A file that begins like the picture of that name and then ends.</summary>
    public void Cut(string name)
    {
        byte[] whole = System.IO.File.ReadAllBytes(File(name));
        System.IO.File.WriteAllBytes(File(name), whole[..(whole.Length / 2)]);
    }

    private void Draw(string name, int number)
    {
        using SKBitmap bitmap = new(90 + number, 70);
        for (int row = 0; row < bitmap.Height; row++)
        {
            for (int column = 0; column < bitmap.Width; column++) bitmap.SetPixel(column, row, new SKColor((byte)(2 * column), (byte)(3 * row), (byte)(40 * number)));
        }
        using SKData data = bitmap.Encode(name.EndsWith(".png", StringComparison.Ordinal) ? SKEncodedImageFormat.Png : SKEncodedImageFormat.Jpeg, 90);
        System.IO.File.WriteAllBytes(File(name), data.ToArray());
    }
}
