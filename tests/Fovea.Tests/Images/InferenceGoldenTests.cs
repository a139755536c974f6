using System.Text.Json.Nodes;
using Fovea.Images;

namespace Fovea.Tests.Images;

/// <summary>The reference's inference preset: pixels after the crop, then the float tensor, both equal bit for bit.</summary>
public class InferenceGoldenTests
{
    public static TheoryData<int, string> Transforms => TransformGoldens.Entries("inference", "source", "size", "center_crop", "simple_crop", "preset");

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Transforms))]
    public void Pixels_after_the_crop_equal_the_reference(int number, string about)
    {
        JsonNode entry = TransformGoldens.Entry("inference", number);
        using RgbImage source = TransformGoldens.Source(entry["source"]!);
        using RgbImage cropped = Transform(entry).ResizeAndCrop(source.Window);
        Assert.True((string)entry["u8_sha256"]! == TransformGoldens.Sha256(TransformGoldens.Rgb(cropped)), about);
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Transforms))]
    public void Normalised_tensor_equals_the_reference(int number, string about)
    {
        JsonNode entry = TransformGoldens.Entry("inference", number);
        ImageTensor tensor = Transform(entry).Apply(TransformGoldens.Path(TransformGoldens.SourceFile(entry["source"]!)));
        ImageSize size = TransformGoldens.Size(entry["size"]!);
        Assert.Equal(new TensorShape(1, 3, size.Height, size.Width), tensor.Shape);
        Assert.True((string)entry["sha256"]! == TransformGoldens.Sha256(tensor.Values.Span), about);
    }

    private static ImageTransform Transform(JsonNode entry) => new(TransformGoldens.Size(entry["size"]!), TransformGoldens.Preset(entry["preset"]!))
    {
        CenterCrop = (double)entry["center_crop"]!,
        KeepsAspectRatio = (bool)entry["simple_crop"]!,
    };
}
