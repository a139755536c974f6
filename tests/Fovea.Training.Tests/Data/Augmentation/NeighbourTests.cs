using Fovea.Images;
using Fovea.Training.Data;
using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Training.Tests.Data.Augmentation;

public class NeighbourTests
{
    /// <summary>One level: torch sums 9 or 25 products in one go, here rows are summed first, so a value next to a half may be rounded to the other side.</summary>
    [Theory]
    [InlineData(3, 0.5)]
    [InlineData(3, 1.2)]
    [InlineData(5, 0.8)]
    public void Blur_is_torchs_convolution_with_mirrored_borders(int taps, double deviation) =>
        ToneTests.Check(image => GaussianBlur.Apply(image, taps, (float)deviation), image => Blurred(image, taps, (float)deviation), levels: 1);

    [Theory]
    [InlineData(1)]
    [InlineData(1.36)]
    [InlineData(2)]
    public void Sharpening_is_torchs_and_leaves_the_border(double factor) =>
        ToneTests.Check(image => Sharpening.Apply(image, (float)factor), image => Sharpened(image, (float)factor));

    /// <summary>Nine pixels 0 but a 130 in the middle: smooth = 650 / 13 = 50, so 130 + (1 - 1.5) * (50 - 130) = 170.</summary>
    [Fact]
    public void Sharpening_by_hand()
    {
        using RgbImage image = new(ImageSize.Square(3));
        image.Pixels.Clear();
        image.Row(1).Slice(RgbImage.PixelBytes, 3).Fill(130);
        Sharpening.Apply(image, 1.5f);
        Assert.Equal([0, 0, 0, 0, 170, 0, 0, 0, 0], TorchPicture.Bytes(image).Where((_, index) => index % 3 == 0));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 4)]
    [InlineData(2, 2)]
    [InlineData(4, 1)]
    public void Pictures_smaller_than_the_kernel_are_no_problem(int height, int width)
    {
        using RgbImage image = TorchPicture.Random(new ImageSize(height, width), seed: 1), same = TorchPicture.Random(new ImageSize(height, width), seed: 1);
        Sharpening.Apply(image, 2);
        Assert.Equal(TorchPicture.Bytes(same), TorchPicture.Bytes(image));
        image.Pixels.Fill(100);
        GaussianBlur.Apply(image, 5, 1);
        Assert.All(TorchPicture.Bytes(image), value => Assert.Equal(100, value));
    }

    private static Tensor Blurred(Tensor image, int taps, float deviation)
    {
        Tensor places = linspace(-(taps - 1) / 2.0, (taps - 1) / 2.0, taps, ScalarType.Float32), weights = places.div(deviation * Math.Sqrt(2)).pow(2).neg().softmax(0);
        Tensor kernel = outer(weights, weights).expand(3, 1, taps, taps);
        long reach = taps / 2;
        Tensor padded = nn.functional.pad(image.to(ScalarType.Float32).unsqueeze(0), [reach, reach, reach, reach], PaddingModes.Reflect);
        return nn.functional.conv2d(padded, kernel, groups: 3)[0].round().to(ScalarType.Byte);
    }

    private static Tensor Sharpened(Tensor image, float factor)
    {
        Tensor kernel = full([3, 1, 3, 3], 1f / 13);
        kernel[.., .., 1, 1] = 5f / 13;
        Tensor values = image.to(ScalarType.Float32), inside = values[.., 1..^1, 1..^1];
        Tensor smooth = nn.functional.conv2d(values.unsqueeze(0), kernel, groups: 3)[0].round();
        values[.., 1..^1, 1..^1] = inside.add(smooth - inside, 1 - (double)factor);
        return TorchPicture.Cut(values);
    }
}
