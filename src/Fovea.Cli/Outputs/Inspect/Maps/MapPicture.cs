using Fovea.Images;

namespace Fovea.Cli.Outputs.Inspect;

/// <summary>Small maps as PNG inside of a page, one pixel a value; the style enlarges them.</summary>
internal static class MapPicture
{
    /// <summary>A map in the colours of <see cref="ColourScale"/> as an address that needs no network.</summary>
    /// <param name="values">[rows, columns].</param>
    /// <param name="columns">Values of a row.</param>
    /// <param name="top">What is brightest; 0 is darkest.</param>
    public static string DataUri(IReadOnlyList<double> values, int columns, double top)
    {
        using RgbImage picture = new(new ImageSize(values.Count / columns, columns));
        Span<byte> pixels = picture.Pixels;
        for (int index = 0; index < values.Count; index++)
        {
            (pixels[4 * index], pixels[4 * index + 1], pixels[4 * index + 2]) = ColourScale.Of(top > 0 ? values[index] / top : 0);
            pixels[4 * index + 3] = 255;
        }
        using MemoryStream file = new();
        ReportPicture.WritePng(picture, file);
        return $"data:image/png;base64,{Convert.ToBase64String(file.GetBuffer(), 0, (int)file.Length)}";
    }
}
