using System.Text.Json.Nodes;
using Fovea.Images;

namespace Fovea.Tests.Images;

/// <summary>Pillow's resize, all five filters, by every path that the processor has: bytes equal.</summary>
public class ResizeGoldenTests
{
    public static TheoryData<int, string> Resizes => TransformGoldens.Entries("resize", "source", "filter", "width", "height");

    // Hamming and Lanczos depend on the platform's sine, so one level is allowed by the goldens; on linux-x64 the bytes are equal.
    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Resizes))]
    public void Resized_bytes_equal_the_reference(int number, string about)
    {
        JsonNode entry = TransformGoldens.Entry("resize", number);
        using RgbImage source = TransformGoldens.Source(entry["source"]!);
        using RgbImage resized = new(new ImageSize((int)entry["height"]!, (int)entry["width"]!));
        foreach (ResamplePath path in ResamplePaths.Available)
        {
            Resampler.Resize(source.Window, resized, Enum.Parse<ResampleFilter>((string)entry["filter"]!, ignoreCase: true), path);
            byte[] rgb = TransformGoldens.Rgb(resized);
            if (entry["file"] is { } file)
            {
                using RgbImage expected = TransformGoldens.Decode((string)file!);
                PixelComparison.Check($"{about}, {path}", TransformGoldens.Rgb(expected), rgb, resized.Size.Width);
            }
            Assert.True((string)entry["sha256"]! == TransformGoldens.Sha256(rgb), $"{about}, {path}");
            resized.Pixels.Fill(0xA5);
        }
    }
}
