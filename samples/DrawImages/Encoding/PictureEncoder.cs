using System.Runtime.InteropServices;
using DrawImages.Rendering;
using SkiaSharp;

namespace DrawImages.Encoding;

/// <summary>Pixels to the bytes of a file.</summary>
internal static class PictureEncoder
{
    private const int Quality = 88;

    public static byte[] Encode(Raster picture, PictureFormat format) => format switch
    {
        PictureFormat.Jpeg => Colour(picture, SKEncodedImageFormat.Jpeg, SKAlphaType.Opaque),
        PictureFormat.GreyJpeg => Grey(picture, SKEncodedImageFormat.Jpeg),
        PictureFormat.TurnedJpeg => ExifOrientation.Add(Colour(picture.TurnedLeft(), SKEncodedImageFormat.Jpeg, SKAlphaType.Opaque), ExifOrientation.TurnRight),
        PictureFormat.Png => Colour(picture, SKEncodedImageFormat.Png, SKAlphaType.Unpremul),
        PictureFormat.GreyPng => Grey(picture, SKEncodedImageFormat.Png),
        PictureFormat.WebP => Colour(picture, SKEncodedImageFormat.Webp, SKAlphaType.Opaque),
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, "no such format"),
    };

    private static byte[] Colour(Raster picture, SKEncodedImageFormat container, SKAlphaType alpha) =>
        Encode(new SKImageInfo(picture.Width, picture.Height, SKColorType.Rgba8888, alpha), picture.Pixels, container);

    private static byte[] Grey(Raster picture, SKEncodedImageFormat container) =>
        Encode(new SKImageInfo(picture.Width, picture.Height, SKColorType.Gray8, SKAlphaType.Opaque), picture.Grey(), container);

    private static byte[] Encode(SKImageInfo info, byte[] pixels, SKEncodedImageFormat container)
    {
        GCHandle pinned = GCHandle.Alloc(pixels, GCHandleType.Pinned);
        try
        {
            using SKPixmap pixmap = new(info, pinned.AddrOfPinnedObject());
            using SKData data = pixmap.Encode(container, Quality) ?? throw new InvalidOperationException($"the codec cannot write {container}");
            return data.ToArray();
        }
        finally
        {
            pinned.Free();
        }
    }
}
