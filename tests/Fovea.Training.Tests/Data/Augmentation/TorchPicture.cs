using Fovea.Images;
using Fovea.Training.Randomness;
using static TorchSharp.torch;

namespace Fovea.Training.Tests.Data.Augmentation;

/// <summary>
/// Pictures as torch has them, [3, height, width] uint8. Operations are judged by torchvision's formulas written in libtorch's own operators, since those
/// decide about the last bit before a value is cut.
/// </summary>
internal static class TorchPicture
{
    /// <summary>A picture of random pixels, or of few levels, so that equal neighbours and channels occur.</summary>
    public static RgbImage Random(ImageSize size, ulong seed, int levels = 256)
    {
        RandomStream random = new(seed, RandomPurpose.Evaluation);
        RgbImage image = new(size);
        Span<byte> pixels = image.Pixels;
        for (int index = 0; index < pixels.Length; index++) pixels[index] = (byte)(random.NextInteger(levels) * 255 / Math.Max(1, levels - 1));
        return image;
    }

    public static Tensor ToTensor(RgbImage image)
    {
        using Tensor pixels = tensor(image.Pixels.ToArray(), [image.Size.Height, image.Size.Width, RgbImage.PixelBytes]);
        return pixels.slice(2, 0, 3, 1).permute(2, 0, 1).contiguous();
    }

    /// <summary>[height, width, 3], for comparison.</summary>
    public static byte[] Bytes(RgbImage image)
    {
        byte[] pixels = image.Pixels.ToArray();
        return [.. pixels.Where((_, index) => index % RgbImage.PixelBytes < 3)];
    }

    /// <summary>Of a [3, height, width] tensor.</summary>
    public static byte[] Bytes(Tensor tensor) => tensor.permute(1, 2, 0).contiguous().data<byte>().ToArray();

    /// <summary>Clamped and cut.</summary>
    public static Tensor Cut(Tensor values) => values.clamp(0, 255).to(ScalarType.Byte);

    /// <summary>[1, height, width] float32, cut to whole levels.</summary>
    public static Tensor Grey(Tensor image) => image[0].mul(0.2989).add(image[1], 0.587).add(image[2], 0.114).floor().unsqueeze(0);

    public static Tensor Blend(Tensor one, Tensor other, float factor) => Cut(one.mul((double)factor).add(other, 1 - (double)factor));
}
