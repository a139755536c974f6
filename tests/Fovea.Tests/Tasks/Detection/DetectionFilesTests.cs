using System.Text;
using Fovea.Images;
using Fovea.Tasks;

namespace Fovea.Tests.Tasks.Detection;

public class DetectionFilesTests
{
    [Theory]
    [InlineData(new[] { "a/000000000139.jpg", "b/7.png" }, new long[] { 139, 7 })]
    [InlineData(new[] { "x.tar/0042" }, new long[] { 42 })]
    [InlineData(new[] { "a/1.jpg", "b/1.jpg" }, new long[] { 1, 2 })]                    // two by one number
    [InlineData(new[] { "cat.jpg", "7.jpg" }, new long[] { 1, 2 })]
    [InlineData(new string[0], new long[0])]
    public void Pictures_are_numbered_by_their_names_or_counted(string[] names, long[] ids) => Assert.Equal(ids, PictureIds.Of(names));

    [Fact]
    public void Results_are_written_with_all_digits_and_nothing_is_an_empty_list()
    {
        using MemoryStream stream = new();
        CocoResultsJson.Write(stream, [new CocoResult(1L << 40, 90, new BoundingBox(0.1, 2, 10.35, 4), 0.123456789012345)]);
        Assert.Equal("[\n{\"image_id\":1099511627776,\"category_id\":90,\"bbox\":[0.1,2,10.25,2],\"score\":0.123456789012345}\n]\n", Encoding.UTF8.GetString(stream.ToArray()));
        stream.SetLength(0);
        CocoResultsJson.Write(stream, []);
        Assert.Equal("[\n]\n", Encoding.UTF8.GetString(stream.ToArray()));
    }

    /// <summary>The box's edges have its class's colour, its middle is untouched, and letters are white.</summary>
    [Fact]
    public void Drawing_frames_the_box_and_writes_above_it()
    {
        using RgbImage picture = new(new ImageSize(60, 80));
        picture.Pixels.Clear();
        DetectionDrawing.Draw(picture, [new DetectedObject(0, "Cat", 0.5, new BoundingBox(20, 30, 50, 50))]);
        Assert.Equal([230, 60, 60], picture.Row(30).Slice(4 * 35, 3).ToArray());
        Assert.Equal([230, 60, 60], picture.Row(40).Slice(4 * 20, 3).ToArray());
        Assert.Equal([0, 0, 0], picture.Row(40).Slice(4 * 35, 3).ToArray());
        Assert.Contains((byte)255, picture.Row(20).ToArray());
        DetectionDrawing.Draw(picture, [new DetectedObject(3, "a name far longer than the picture is wide", 0.5, new BoundingBox(-5, -5, 500, 500))]);     // nothing outside
    }

    [Fact]
    public void Picture_that_is_written_is_read_back()
    {
        using RgbImage picture = new(new ImageSize(3, 5));
        new Random(1).NextBytes(picture.Pixels);
        using MemoryStream stream = new();
        PictureFile.WritePng(stream, picture);
        using RgbImage read = ImageDecoder.Decode(stream.ToArray(), "read", DecodeOptions.Default);
        for (int place = 0; place < picture.Pixels.Length; place += RgbImage.PixelBytes) Assert.Equal(picture.Pixels.Slice(place, 3).ToArray(), read.Pixels.Slice(place, 3).ToArray());
    }
}
