using System.Runtime.InteropServices;
using Fovea.Images;
using Fovea.Training.Data;
using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Training.Tests.Data.Augmentation;

public class ColourTests
{
    [Fact]
    public void Grey_is_the_weighted_sum_cut() => ToneTests.Check(Colours.Grey, image => TorchPicture.Cut(TorchPicture.Grey(image)).expand(3, -1, -1));

    [Fact]
    public void Grey_of_every_colour_is_libtorchs()
    {
        const int Part = 1 << 20;
        using RgbImage image = new(new ImageSize(1024, 1024));
        for (int first = 0; first < 1 << 24; first += Part)
        {
            Span<uint> colours = MemoryMarshal.Cast<byte, uint>(image.Pixels);
            for (int index = 0; index < Part; index++) colours[index] = (uint)(first + index);
            using DisposeScope scope = NewDisposeScope();
            byte[] expected = TorchPicture.Cut(TorchPicture.Grey(TorchPicture.ToTensor(image))).data<byte>().ToArray();
            Colours.Grey(image);
            int differs = 0;
            while (differs < Part && (byte)colours[differs] == expected[differs]) differs++;
            Assert.True(differs == Part, $"colour {first + differs:x6}");
        }
    }

    /// <summary>By hand: 0.9999 * 200 = 199.98.</summary>
    [Fact]
    public void Grey_pixel_becomes_one_level_darker()
    {
        using RgbImage image = new(new ImageSize(1, 1));
        image.Pixels.Fill(200);
        Colours.Grey(image);
        Assert.Equal([199, 199, 199], TorchPicture.Bytes(image));
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(1)]
    [InlineData(1.7)]
    public void Saturation_blends_with_the_pixels_own_grey(double factor) =>
        ToneTests.Check(image => Colours.Saturation(image, (float)factor), image => TorchPicture.Blend(image, TorchPicture.Grey(image), (float)factor));

    [Theory]
    [InlineData(-0.1)]
    [InlineData(0)]
    [InlineData(0.0374)]
    [InlineData(0.5)]
    public void Hue_turns_as_in_torch(double shift) => ToneTests.Check(image => Colours.Hue(image, (float)shift), image => Turned(image, (float)shift));

    /// <summary>A third of the circle: red becomes green, yellow cyan, and grey has no hue.</summary>
    [Fact]
    public void Third_of_the_circle_rotates_the_channels()
    {
        using RgbImage image = new(new ImageSize(1, 3));
        byte[] pixels = [255, 0, 0, 0, 200, 200, 0, 0, 77, 77, 77, 0];
        pixels.CopyTo(image.Pixels);
        Colours.Hue(image, 1f / 3);
        Assert.Equal([0, 255, 0, 0, 200, 200, 77, 77, 77], TorchPicture.Bytes(image));
    }

    // The formulas of Smith 1978 on whole tensors, each step rounded as torchvision has it.
    private static Tensor Turned(Tensor image, float shift)
    {
        Tensor values = image.to(ScalarType.Float32).mul(1.0 / 255), red = values[0], green = values[1], blue = values[2];
        Tensor most = values.amax([0]), range = most - values.amin([0]), flat = range.eq(0), divisor = where(flat, ones_like(range), range);
        Tensor saturation = range.div(where(flat, ones_like(most), most));
        Tensor fromRed = (most - red).div(divisor), fromGreen = (most - green).div(divisor), fromBlue = (most - blue).div(divisor);
        Tensor sixths = where(most.eq(red), fromBlue - fromGreen, where(most.eq(green), fromRed.add(2) - fromBlue, fromGreen.add(4) - fromRed));
        Tensor hue = sixths.mul(1.0 / 6).add(1).fmod(1).add((double)shift).remainder(1).mul(6), sector = hue.floor(), rest = hue - sector;
        Tensor falling = (1 - saturation * rest).mul(most).clamp(0, 1), rising = (saturation * rest).add(1 - saturation).mul(most).clamp(0, 1), least = (1 - saturation).mul(most).clamp(0, 1);
        Tensor[][] parts = [[most, rising, least], [falling, most, least], [least, most, rising], [least, falling, most], [rising, least, most], [most, least, falling]];
        Tensor result = zeros_like(values);
        for (int number = 0; number < parts.Length; number++) result = where(sector.remainder(6).eq(number).unsqueeze(0), stack(parts[number]), result);
        return result.mul(255 + 1 - 1e-3).to(ScalarType.Byte);
    }
}
