using System.Text.Json.Nodes;
using Fovea.Images;
using Fovea.Tests.Graphs;

namespace Fovea.Tests.Images;

/// <summary>The five crops of test-time augmentation.</summary>
public class FiveCropsGoldenTests
{
    public static TheoryData<int, string> Augmentations => TransformGoldens.Entries("tta", "source", "size");

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Augmentations))]
    public void Crops_equal_the_reference_to_the_rounding_of_fused_sums(int number, string about)
    {
        JsonNode entry = TransformGoldens.Entry("tta", number);
        ImageSize size = TransformGoldens.Size(entry["size"]!);
        Assert.Equal(TransformGoldens.Size(entry["crop"]!), FiveCrops.CropSize(size));
        Assert.Equal(entry["anchors"]!.AsArray().Select(anchor => ((int)anchor![0]!, (int)anchor[1]!)), FiveCrops.Anchors(size));

        ImageTensor tensor = new ImageTransform(size, TransformGoldens.Preset(entry["preset"]!)).Apply(TransformGoldens.Path(TransformGoldens.SourceFile(entry["source"]!)));
        float[] crops = new float[FiveCrops.Count * tensor.Values.Length];
        FiveCrops.Take(tensor.Values.Span, size, crops);
        // libtorch fuses products and sums: 1e-5 for values up to 5.
        new Tolerance(1e-5, 0).Check(about, TransformGoldens.Npy((string)entry["file"]!), crops);
    }
}
