using Fovea.Checkpoints;
using Fovea.Images;
using Fovea.Tasks;
using Fovea.Tests;
using Fovea.Tests.Detector;
using Fovea.Training.Optimization;
using Fovea.Training.Tasks;
using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Training.Tests.Runs.Detection;

/// <summary>What is trained in libtorch is what ONNX Runtime serves: the same detections of the same pictures.</summary>
public sealed class ServedDetectorTests : IDisposable
{
    // Sums of float32 in another order, through some thirty layers; boxes are in pixels of pictures of some hundred.
    private const double ScoreTolerance = 1e-4, PixelTolerance = 0.05;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Torch_and_ONNX_find_the_same_objects(bool normsFeatures)
    {
        ModelDescription description = TinyDetector.Description with { Detector = TinyDetector.Description.Detector! with { NormsFeatures = normsFeatures } };
        Dictionary<string, Weight> weights = TinyDetector.Weights();
        Fovea.Tests.Classifier.WrittenModel.Write(_folder.File("model.safetensors"), description, weights);
        using DetectorModel model = new(description.ToNetwork(), description.Detector!, description.Outputs, new Freezing(), new LayerDecay());
        model.Load(weights);
        using ObjectDetector detector = ObjectDetector.Load(_folder.File("model.safetensors"), new DetectorOptions { LeastScore = 0.1 });
        FittedTransform input = new(description.ImageSize, description.Channels);
        foreach (string file in Directory.GetFiles(TestFolders.InRepository("samples", "images"), "*.png").Order(StringComparer.Ordinal).Take(4))
        {
            using DisposeScope scope = NewDisposeScope();
            using RgbImage picture = ImageDecoder.Decode(File.ReadAllBytes(file), file, DecodeOptions.Default);
            float[] pixels = new float[3 * input.Size.Height * input.Size.Width];
            ImageSize fitted = input.Apply(picture.Window, pixels);
            ScoredBox[] trained = [.. model.Detect(tensor(pixels, [1, 3, input.Size.Height, input.Size.Width]), [fitted], new DetectionSettings { LeastScore = 0.1 })[0].Select(box => box.ToPicture(fitted, picture.Size))];
            IReadOnlyList<DetectedObject> served = detector.Detect(file).Objects;
            Assert.NotEmpty(served);
            AssertAlike(trained, served);
        }
    }

    // Equal scores may change places, and one at the very end may fall out.
    private static void AssertAlike(ScoredBox[] trained, IReadOnlyList<DetectedObject> served)
    {
        int compared = 0;
        foreach (ScoredBox one in trained.Where(one => one.Score > served[^1].Score + ScoreTolerance))
        {
            Assert.Contains(served, other => other.ClassIndex == one.Class && Math.Abs(other.Score - one.Score) < ScoreTolerance && Near(other.Box, one.Box));
            compared++;
        }
        Assert.InRange(compared, served.Count / 2, served.Count);
    }

    private static bool Near(BoundingBox one, BoundingBox other) =>
        Math.Abs(one.Left - other.Left) < PixelTolerance && Math.Abs(one.Top - other.Top) < PixelTolerance && Math.Abs(one.Right - other.Right) < PixelTolerance && Math.Abs(one.Bottom - other.Bottom) < PixelTolerance;
}
