using Fovea.Images;

namespace Fovea.Tests.Images;

public class ReportPictureTests
{
    [Fact]
    public void Small_input_of_a_network_comes_back_pixel_by_pixel()
    {
        byte[] pixels = [.. Enumerable.Range(0, 3 * 32 * 24).Select(index => (byte)(index * 37))];
        ChannelStatistics channels = ChannelStatistics.ImageNet;
        float[] normalised = [.. pixels.Select((value, index) => (float)((value / 255.0 - channels.Mean[index / (32 * 24)]) / channels.Deviation[index / (32 * 24)]))];
        ReportPicture picture = ReportPicture.Of("a.png", normalised, new ImageSize(32, 24), channels);
        Assert.StartsWith("data:image/png;base64,", picture.DataUri, StringComparison.Ordinal);
        using RgbImage decoded = Decode(picture);
        for (int pixel = 0; pixel < 32 * 24; pixel++)
        {
            for (int channel = 0; channel < 3; channel++) Assert.Equal(pixels[channel * 32 * 24 + pixel], decoded.Pixels[RgbImage.PixelBytes * pixel + channel]);
        }
    }

    [Fact]
    public void Grey_input_is_grey()
    {
        ReportPicture picture = ReportPicture.Of("grey", [0, 0.5f, 1, 2], ImageSize.Square(2), new ChannelStatistics([0], [1]));
        using RgbImage decoded = Decode(picture);
        Assert.Equal([0, 0, 0, 128, 128, 128, 255, 255, 255, 255, 255, 255], decoded.Pixels.ToArray().Where((_, index) => index % RgbImage.PixelBytes < 3).Select(value => (int)value));
    }

    [Fact]
    public void Large_picture_becomes_a_JPEG_of_the_longest_side_in_its_proportions()
    {
        using RgbImage large = new(new ImageSize(600, 900));
        large.Pixels.Fill(200);
        ReportPicture picture = ReportPicture.Of("large.jpg", large, longestSide: 150);
        Assert.Equal(new ImageSize(100, 150), picture.Size);
        Assert.StartsWith("data:image/jpeg;base64,", picture.DataUri, StringComparison.Ordinal);
        using RgbImage decoded = Decode(picture);
        Assert.Equal(picture.Size, decoded.Size);
        Assert.InRange(decoded.Pixels[0], 198, 202);
    }

    [Fact]
    public void Numbers_that_are_no_picture_of_that_size_are_refused() =>
        Assert.Throws<ArgumentException>(() => ReportPicture.Of("a", [1, 2], ImageSize.Square(2), ChannelStatistics.ImageNet));

    private static RgbImage Decode(ReportPicture picture) =>
        ImageDecoder.Decode(Convert.FromBase64String(picture.DataUri[(picture.DataUri.IndexOf(',', StringComparison.Ordinal) + 1)..]), picture.Name, DecodeOptions.Default);
}
