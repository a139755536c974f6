using System.Text.Json.Nodes;
using Fovea.Images;

namespace Fovea.Tests.Images;

/// <summary>Encoded pictures to RGB: bytes equal to the reference's, tolerance 0.</summary>
public class DecodeGoldenTests
{
    public static TheoryData<int, string> Sources => TransformGoldens.Entries("sources", "file");

    public static TheoryData<int, string> Conversions => TransformGoldens.Entries("convert", "file", "about");

    public static TheoryData<int, string> Jpegs => TransformGoldens.Entries("jpeg", "file", "about");

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Sources))]
    public void Lossless_picture_decodes_to_the_pixels_of_the_reference(int number, string about) => Check("sources", number, about);

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Conversions))]
    public void Any_png_converts_to_the_RGB_of_the_reference(int number, string about) => Check("convert", number, about);

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Jpegs))]
    public void Jpeg_decodes_to_the_pixels_of_the_reference(int number, string about) => Check("jpeg", number, about);

    private static void Check(string list, int number, string about)
    {
        JsonNode entry = TransformGoldens.Entry(list, number);
        using RgbImage image = TransformGoldens.Decode((string)entry["file"]!);
        byte[] rgb = TransformGoldens.Rgb(image);
        Assert.Equal(new ImageSize((int)entry["height"]!, (int)entry["width"]!), image.Size);
        if (entry["rgb"] is { } picture)
        {
            using RgbImage expected = TransformGoldens.Decode((string)picture!);
            PixelComparison.Check(about, TransformGoldens.Rgb(expected), rgb, image.Size.Width);
        }
        Assert.Equal((string)entry["sha256"]!, TransformGoldens.Sha256(rgb));
    }
}
