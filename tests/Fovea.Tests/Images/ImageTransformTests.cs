using Fovea.Images;

namespace Fovea.Tests.Images;

/// <summary>What the public transform promises beside the goldens.</summary>
public class ImageTransformTests
{
    private static readonly ImageTransform Transform = new(new ImageSize(8, 12), ChannelStatistics.ImageNet);

    [Fact]
    public void File_stream_and_bytes_give_the_same_tensor_whatever_the_name_ends_in()
    {
        byte[] encoded = EncodedPictures.Make("jpeg");
        using TemporaryFile file = new(".png");
        File.WriteAllBytes(file.Path, encoded);
        using MemoryStream stream = new(encoded);
        float[] expected = Transform.Apply(encoded, "a.jpg").Values.ToArray();
        Assert.Equal(expected, Transform.Apply(file.Path).Values.ToArray());
        Assert.Equal(expected, Transform.Apply(stream).Values.ToArray());
        Assert.True(stream.CanRead, "the stream was closed");
    }

    [Fact]
    public void One_channel_gives_one_grey_plane()
    {
        ImageTransform grey = new(new ImageSize(EncodedPictures.Height, EncodedPictures.Width), new ChannelStatistics([0], [1]));
        ImageTensor tensor = grey.Apply(EncodedPictures.Make("bmp"), "a.bmp");
        Assert.Equal(new TensorShape(1, 1, EncodedPictures.Height, EncodedPictures.Width), tensor.Shape);
        // (250, 10, 10): (19595 * 250 + 38470 * 10 + 7471 * 10 + 32768) >> 16 = 82
        Assert.Equal(82 * (1f / 255), tensor.Values.Span[0]);
    }

    [Fact]
    public void Kept_aspect_ratio_of_a_picture_one_pixel_high_costs_only_what_the_crop_keeps()
    {
        using RgbImage line = new(new ImageSize(1, 60000));
        line.Pixels.Fill(128);
        ImageTransform square = new(ImageSize.Square(224), ChannelStatistics.Neutral) { KeepsAspectRatio = true };
        float[] values = new float[3 * 224 * 224];
        square.Apply(line, values);
        Assert.All(values, value => Assert.Equal(128 * (1f / 255), value));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-0.5)]
    [InlineData(1.01)]
    [InlineData(double.NaN)]
    public void Crop_outside_its_range_is_refused(double share) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new ImageTransform(ImageSize.Square(8), ChannelStatistics.Birder) { CenterCrop = share });

    [Fact]
    public void Size_that_no_buffer_holds_is_refused() =>
        Assert.Throws<ArgumentException>(() => new ImageTransform(ImageSize.Square(65535), ChannelStatistics.Birder));

    [Fact]
    public void Two_channels_are_refused() =>
        Assert.Throws<ArgumentException>(() => new ImageTransform(ImageSize.Square(8), new ChannelStatistics([0, 0], [1, 1])));

    [Fact]
    public void Missing_file_and_folder_are_refused_with_their_path()
    {
        string missing = Path.Combine(Path.GetTempPath(), "no-such-folder", "a.jpg");
        Assert.Contains(missing, Assert.Throws<ImageException>(() => Transform.Apply(missing)).Message, StringComparison.Ordinal);
        Assert.Contains("folder", Assert.Throws<ImageException>(() => Transform.Apply(Path.GetTempPath())).Message, StringComparison.Ordinal);
    }
}
