using System.Globalization;
using Fovea.Tests;
using SkiaSharp;

namespace Fovea.Training.Tests.Data.Detection;

/// <summary>A folder of black pictures with one white rectangle each, and annotations of it in whatever form.</summary>
internal sealed class DetectionFolder : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public string Path => _folder.Path;

    public string File(string name) => _folder.File(name);

    /// <summary>Writes a picture; its rectangle covers these columns and rows.</summary>
    public void Picture(string name, ImageSize size, BoundingBox box)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(File(name))!);
        System.IO.File.WriteAllBytes(File(name), Png(size, box));
    }

    public void Text(string name, string text)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(File(name))!);
        System.IO.File.WriteAllText(File(name), text);
    }

    /// <summary>A VOC annotation of a rectangle.</summary>
    public static string Voc(ImageSize size, string name, BoundingBox box, string more = "") => string.Create(CultureInfo.InvariantCulture,
        $"<annotation><size><width>{size.Width}</width><height>{size.Height}</height></size><object><name>{name}</name>{more}<bndbox><xmin>{box.Left + 1}</xmin><ymin>{box.Top + 1}</ymin><xmax>{box.Right}</xmax><ymax>{box.Bottom}</ymax></bndbox></object></annotation>");

    public static byte[] Png(ImageSize size, BoundingBox box)
    {
        using SKBitmap bitmap = new(size.Width, size.Height);
        bitmap.Erase(SKColors.Black);
        bitmap.Erase(SKColors.White, new SKRectI((int)box.Left, (int)box.Top, (int)box.Right, (int)box.Bottom));
        return bitmap.Encode(SKEncodedImageFormat.Png, 100).ToArray();
    }

    public void Dispose() => _folder.Dispose();
}
