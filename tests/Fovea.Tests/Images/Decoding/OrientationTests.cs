using Fovea.Images;

namespace Fovea.Tests.Images;

/// <summary>The eight EXIF orientations, told by where the four corners of the stored picture go (EXIF 2.3, tag 0x0112).</summary>
public class OrientationTests
{
    private const int TopLeft = 0, TopRight = 1, BottomLeft = 2, BottomRight = 3;

    // Stored corners: red top left, green top right, blue bottom left.
    [Theory]
    [InlineData(1, TopLeft, TopRight, BottomLeft)]
    [InlineData(2, TopRight, TopLeft, BottomRight)]
    [InlineData(3, BottomRight, BottomLeft, TopRight)]
    [InlineData(4, BottomLeft, BottomRight, TopLeft)]
    [InlineData(5, TopLeft, BottomLeft, TopRight)]
    [InlineData(6, TopRight, BottomRight, TopLeft)]
    [InlineData(7, BottomRight, TopRight, BottomLeft)]
    [InlineData(8, BottomLeft, TopLeft, BottomRight)]
    public void Corners_go_where_the_orientation_says(byte orientation, int red, int green, int blue)
    {
        using RgbImage image = ImageDecoder.Decode(EncodedPictures.JpegWithOrientation(orientation), "held.jpg", new DecodeOptions { AppliesOrientation = true });
        bool isTurned = orientation >= 5;
        Assert.Equal(isTurned ? new ImageSize(EncodedPictures.Width, EncodedPictures.Height) : new ImageSize(EncodedPictures.Height, EncodedPictures.Width), image.Size);
        Assert.Equal((red, green, blue), (BrightestCorner(image, 0), BrightestCorner(image, 1), BrightestCorner(image, 2)));
    }

    [Fact]
    public void Orientation_is_ignored_unless_asked_for()
    {
        using RgbImage image = ImageDecoder.Decode(EncodedPictures.JpegWithOrientation(6), "held.jpg", DecodeOptions.Default);
        Assert.Equal(new ImageSize(EncodedPictures.Height, EncodedPictures.Width), image.Size);
    }

    [Theory]
    [Trait("Category", "Data")]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public void Marked_photograph_is_turned_so_that_its_red_corner_is_where_the_tag_says(int orientation)
    {
        byte[] file = OddImages.Read(TestFolders.Data("odd_images"), $"made/exif_orientation_{orientation}.jpg");
        using RgbImage image = ImageDecoder.Decode(file, "held.jpg", new DecodeOptions { AppliesOrientation = true });
        int[] redCorners = [TopLeft, TopRight, BottomRight, BottomLeft, TopLeft, TopRight, BottomRight, BottomLeft];
        int[] blueCorners = [BottomRight, BottomLeft, TopLeft, TopRight, BottomRight, BottomLeft, TopLeft, TopRight];
        Assert.Equal((redCorners[orientation - 1], blueCorners[orientation - 1]), (BrightestCorner(image, 0), BrightestCorner(image, 2)));
    }

    /// <summary>The corner where one channel exceeds the others most.</summary>
    private static int BrightestCorner(RgbImage image, int channel)
    {
        int[] corners = [TopLeft, TopRight, BottomLeft, BottomRight];
        return corners.MaxBy(corner =>
        {
            int row = corner is TopLeft or TopRight ? 1 : image.Size.Height - 2;
            int column = corner is TopLeft or BottomLeft ? 1 : image.Size.Width - 2;
            Span<byte> pixel = image.Row(row).Slice(4 * column, 3);
            return 3 * pixel[channel] - pixel[0] - pixel[1] - pixel[2];
        });
    }
}
