using System.Text.Json.Nodes;
using Fovea.Images;

namespace Fovea.Tests.Images;

/// <summary>The reference's detection transform, which resizes 8-bit tensors: bytes and floats equal.</summary>
public class DetectionGoldenTests
{
    public static TheoryData<int, string> Transforms => TransformGoldens.Entries("detection", "source", "size", "dynamic_size", "max_size", "no_resize");

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Transforms))]
    public void Resized_pixels_and_normalised_tensor_equal_the_reference(int number, string about)
    {
        JsonNode entry = TransformGoldens.Entry("detection", number);
        DetectionTransform transform = new(TransformGoldens.Size(entry["size"]!), TransformGoldens.Preset(entry["preset"]!))
        {
            IsDynamic = (bool)entry["dynamic_size"]!,
            LongestSide = (int?)entry["max_size"],
            KeepsSize = (bool)entry["no_resize"]!,
        };
        using RgbImage source = TransformGoldens.Source(entry["source"]!);
        using RgbImage resized = transform.Resize(source.Window);
        Assert.Equal(TransformGoldens.Size(entry["output"]!), resized.Size);
        Assert.True((string)entry["u8_sha256"]! == TransformGoldens.Sha256(Planes(TransformGoldens.Rgb(resized))), $"{about}: pixels");

        float[] tensor = new float[3 * resized.Size.Height * resized.Size.Width];
        transform.Normalise(resized.Window, tensor);
        Assert.True((string)entry["sha256"]! == TransformGoldens.Sha256(tensor), $"{about}: tensor");
    }

    [Fact]
    public void Longest_side_that_is_not_longer_is_refused()
    {
        DetectionTransform transform = new(ImageSize.Square(320), ChannelStatistics.Birder) { LongestSide = 320 };
        Assert.Throws<ArgumentException>(() => transform.ResizedSize(new ImageSize(10, 20)));
    }

    /// <summary>[height, width, 3] to [3, height, width].</summary>
    private static byte[] Planes(byte[] rgb) => [.. Enumerable.Range(0, 3).SelectMany(channel => rgb.Where((_, index) => index % 3 == channel))];
}
