using Fovea.Images;
using Fovea.Tests.Images;
using Fovea.Training.Data;
using static TorchSharp.torch;

namespace Fovea.Training.Tests.Data.Augmentation;

public class ToneTests
{
    private static readonly ImageSize Size = new(31, 45);

    [Theory]
    [InlineData(0.6)]
    [InlineData(1)]
    [InlineData(1.2125)]
    public void Brightness_is_the_product_cut(double factor) =>
        Check(image => Tones.Brightness(image, (float)factor), image => TorchPicture.Cut(image.mul((double)(float)factor)));

    [Theory]
    [InlineData(0.7)]
    [InlineData(1)]
    [InlineData(1.3)]
    public void Contrast_blends_with_the_mean_of_grey(double factor) =>
        Check(image => Tones.Contrast(image, (float)factor), image => TorchPicture.Blend(image, TorchPicture.Grey(image).mean([0, 1, 2], keepdim: true), (float)factor));

    [Theory]
    [InlineData(7)]
    [InlineData(4)]
    public void Posterise_keeps_the_upper_bits(int bits) =>
        Check(image => Tones.Posterise(image, bits), image => image.bitwise_and(tensor((byte)(256 - (1 << (8 - bits))))));

    [Theory]
    [InlineData(0)]
    [InlineData(150)]
    [InlineData(255)]
    public void Solarise_inverts_from_the_threshold_on(int threshold) =>
        Check(image => Tones.Solarise(image, threshold), image => where(image.ge(threshold), image.bitwise_not(), image));

    [Fact]
    public void Autocontrast_stretches_each_channel()
    {
        Check(Tones.Autocontrast, Stretched);
        static Tensor Stretched(Tensor image)
        {
            Tensor values = image.to(ScalarType.Float32), least = values.amin([1, 2], keepdim: true), scale = (values.amax([1, 2], keepdim: true) - least).mul(1.0 / 255);
            return TorchPicture.Cut((values - least).div(scale));
        }
    }

    [Fact]
    public void Autocontrast_leaves_a_channel_of_one_level()
    {
        using RgbImage image = new(new ImageSize(1, 2));
        byte[] pixels = [0, 77, 0, 0, 255, 77, 255, 0];
        pixels.CopyTo(image.Pixels);
        Tones.Autocontrast(image);
        Assert.Equal([0, 77, 0, 255, 77, 255], TorchPicture.Bytes(image));
    }

    /// <summary>By hand: 100 * 1.5 = 150, 201 * 1.5 = 301.5 is clamped, 3 * 1.5 = 4.5 is cut.</summary>
    [Fact]
    public void Values_are_clamped_then_cut_not_rounded()
    {
        using RgbImage image = new(new ImageSize(1, 1));
        (image.Pixels[0], image.Pixels[1], image.Pixels[2]) = (100, 201, 3);
        Tones.Brightness(image, 1.5f);
        Assert.Equal([150, 255, 4], TorchPicture.Bytes(image));
    }

    internal static void Check(Action<RgbImage> operation, Func<Tensor, Tensor> judge, int levels = 0)
    {
        foreach (int colours in (int[])[256, 5])
        {
            using RgbImage image = TorchPicture.Random(Size, seed: 11, colours);
            using Tensor expected = judge(TorchPicture.ToTensor(image));
            operation(image);
            PixelComparison.Check($"{colours} levels", TorchPicture.Bytes(expected), TorchPicture.Bytes(image), Size.Width, levels);
        }
    }
}
