using System.Text.Json.Nodes;
using Fovea.Images;
using Fovea.Tests.Encoder;
using Fovea.Tests.Images;

namespace Fovea.Tests.Classifier;

/// <summary>Test-time augmentation from a picture file to averaged probabilities.</summary>
public class TestTimeAugmentationTests
{
    public static TheoryData<int, string> Augmentations => TransformGoldens.Entries("tta", "source", "size");

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Augmentations))]
    public void Probabilities_are_the_mean_of_those_of_the_reference_s_crops(int number, string about)
    {
        JsonNode entry = TransformGoldens.Entry("tta", number);
        ImageSize size = TransformGoldens.Size(entry["size"]!);
        string picture = TransformGoldens.Path(TransformGoldens.SourceFile(entry["source"]!));
        using ImageClassifier plain = ImageClassifier.Load(WrittenModel.Tiny, new EncoderOptions { ImageSize = size, Threads = 1 });
        using ImageClassifier augmenting = ImageClassifier.Load(WrittenModel.Tiny, new EncoderOptions { ImageSize = size, Threads = 1, TestTimeAugmentation = true });
        Assert.Equal(TransformGoldens.Preset(entry["preset"]!).Mean, plain.Transform.Channels.Mean);

        double[][] crops = [.. TransformGoldens.Npy((string)entry["file"]!).Chunk(3 * size.Height * size.Width)
            .Select(crop => ImageClassifierTests.InOrder(plain.Classify(new ImageTensor(new TensorShape(1, 3, size.Height, size.Width), crop))))];
        double[] found = ImageClassifierTests.InOrder(augmenting.Classify(picture));

        Assert.Equal(5, crops.Length);
        // The crops agree to 1e-5, and the network hardly widens that.
        Assert.All(found.Index(), probability => Assert.Equal(crops.Average(crop => crop[probability.Index]), probability.Item, 2e-5));
        Assert.True(found.Zip(ImageClassifierTests.InOrder(plain.Classify(picture))).Max(pair => Math.Abs(pair.First - pair.Second)) > 1e-3, $"{about}: five crops give what the whole picture gives");
        Assert.True(found.Zip(OfMeanLogits(crops)).Max(pair => Math.Abs(pair.First - pair.Second)) > 2e-5, $"{about}: this picture cannot tell averaged probabilities from averaged logits");
    }

    [Fact]
    public void Encoder_refuses_it_in_a_sentence()
    {
        ArgumentException refusal = Assert.Throws<ArgumentException>(() => ImageEncoder.Load(WrittenModel.Tiny, new EncoderOptions { TestTimeAugmentation = true }));
        Assert.Contains("an embedding has none", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("ImageClassifier", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Model_without_a_head_is_refused_with_it_too() =>
        Assert.Throws<CheckpointException>(() => ImageClassifier.Load(TinyModel.Path, new EncoderOptions { TestTimeAugmentation = true }));

    [Fact]
    public void Picture_too_small_to_be_cropped_is_refused()
    {
        FiveCrops.Check(new ImageSize(2, 2));
        Assert.Contains("1x8", Assert.Throws<ArgumentException>(() => FiveCrops.Check(new ImageSize(1, 8))).Message, StringComparison.Ordinal);
    }

    // Softmax of the mean of logits is the geometric mean of the probabilities, normalised.
    private static double[] OfMeanLogits(double[][] crops)
    {
        double[] means = [.. Enumerable.Range(0, crops[0].Length).Select(index => Math.Exp(crops.Average(crop => Math.Log(crop[index]))))];
        return [.. means.Select(mean => mean / means.Sum())];
    }
}
