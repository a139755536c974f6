using System.Text;
using Fovea.Images;
using Fovea.Tests.Images.Sources;
using Fovea.Training.Data;
using SkiaSharp;

namespace Fovea.Training.Tests.Data.Index;

/// <summary>Small pictures that can be told apart, and archives of them.</summary>
internal static class Samples
{
    /// <summary>A PNG of one pixel with this red.</summary>
    public static byte[] Png(byte red)
    {
        using SKBitmap bitmap = new(new SKImageInfo(1, 1, SKColorType.Rgba8888, SKAlphaType.Opaque));
        bitmap.SetPixel(0, 0, new SKColor(red, 10, 20));
        using SKData data = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        return data.ToArray();
    }

    /// <summary>A tar archive of files.</summary>
    public static byte[] Archive(params (string Name, byte[] Content)[] files) =>
        [.. files.SelectMany(file => (byte[])[.. Tar.Header(file.Name, '0', file.Content.Length), .. Padded(file.Content)]), .. Tar.End];

    /// <summary>WebDataset samples of a red each, labelled by the red modulo 10.</summary>
    public static byte[] Archive(params byte[] reds) =>
        Archive([.. reds.SelectMany(red => ((string, byte[])[])[($"{red:d6}.cls", Encoding.ASCII.GetBytes($"{red % 10}")), ($"{red:d6}.png", Png(red))])]);

    public static byte[] Padded(byte[] content)
    {
        Array.Resize(ref content, (content.Length + Tar.Block - 1) / Tar.Block * Tar.Block);
        return content;
    }

    /// <summary>Everything that a set says of its samples: `name=red [label]`, or the reason why there is no picture.</summary>
    public static string[] Texts(IPictureSet pictures) => [.. Enumerable.Range(0, pictures.Count).Select(sample => Text(pictures, sample))];

    /// <summary>Options with a home folder of their own.</summary>
    public static IndexOptions Options(PictureTree home) => new() { Environment = variable => variable == "FOVEA_HOME" ? home.Root : null };

    public static IndexedPictures Open(IndexOptions options, params string[] arguments) => IndexedPictures.Open(DataSource.Parse(arguments, SourceUse.Training), options);

    private static string Text(IPictureSet pictures, int sample)
    {
        try
        {
            using RgbImage image = pictures.Open(sample);
            return $"{pictures.NameOf(sample)}={image.Pixels[0]} [{pictures.LabelOf(sample)}]";
        }
        catch (ImageException reason)
        {
            return reason.Message;
        }
    }
}
