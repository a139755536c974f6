using Fovea.Checkpoints;
using Fovea.Images;
using Fovea.Tests.Images;
using SkiaSharp;

namespace Fovea.Tests.Detector;

public sealed class ObjectDetectorTests : IDisposable
{
    private static readonly string[] Samples = [.. Directory.GetFiles(TestFolders.InRepository("samples", "images"), "*.*").Where(file => Path.GetExtension(file) != ".md").Order(StringComparer.Ordinal)];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private string Model => File.Exists(_folder.File("model.safetensors")) ? _folder.File("model.safetensors") : TinyDetector.Write(_folder.File("model.safetensors"));

    [Fact]
    public void Objects_are_ranked_named_and_inside_of_their_picture()
    {
        using ObjectDetector detector = ObjectDetector.Load(Model, new DetectorOptions { LeastScore = 0.05 });
        Assert.Equal(["cat", "dog"], detector.ClassNames);
        Assert.Equal([17, 18], detector.CategoryIds);
        ImageDetections found = detector.Detect(Samples[0]);
        Assert.NotEmpty(found.Objects);
        Assert.Equal(found.Objects.OrderByDescending(one => one.Score), found.Objects);
        Assert.All(found.Objects, one =>
        {
            Assert.True(one.Box is { Left: >= 0, Top: >= 0 } && one.Box.Right <= found.Size.Width && one.Box.Bottom <= found.Size.Height && one.Box.Area > 0, $"{one}");
            Assert.Equal(detector.ClassNames[one.ClassIndex], one.ClassName);
            Assert.InRange(one.Score, 0.05, 1);
        });
    }

    [Fact]
    public async Task Source_gives_what_single_pictures_give_in_its_order()
    {
        using ObjectDetector detector = ObjectDetector.Load(Model, new DetectorOptions { LeastScore = 0.05, Threads = 2 });
        int number = 0;
        await foreach (ImageDetections found in detector.DetectAsync(ImageSource.Folder(TestFolders.InRepository("samples", "images"))))
        {
            ImageDetections alone = detector.Detect(TestFolders.InRepository("samples", "images", found.Name));
            Assert.Equal(Path.GetFileName(Samples[number++]), found.Name);
            Assert.Equal(alone.Objects.Count, found.Objects.Count);
            Assert.All(alone.Objects.Zip(found.Objects), pair => Assert.Equal(pair.First.Score, pair.Second.Score, 1e-5));
        }
        Assert.Equal(Samples.Length, number);
    }

    [Fact]
    public void Options_leave_out_what_they_say()
    {
        using ObjectDetector all = ObjectDetector.Load(Model, new DetectorOptions { LeastScore = 0 }), few = ObjectDetector.Load(Model, new DetectorOptions { LeastScore = 0, MostDetections = 3 });
        IReadOnlyList<DetectedObject> found = all.Detect(Samples[1]).Objects;
        Assert.Equal(found.Take(3), few.Detect(Samples[1]).Objects);
        using ObjectDetector sure = ObjectDetector.Load(Model, new DetectorOptions { LeastScore = found[1].Score });
        Assert.Equal(found.Take(1), sure.Detect(Samples[1]).Objects);
    }

    /// <summary>The same upright pixels, stored in eight ways: boxes come back in stored pixels, so that turned upright they are the same.</summary>
    [Theory]
    [InlineData(SKEncodedOrigin.TopRight)]
    [InlineData(SKEncodedOrigin.BottomRight)]
    [InlineData(SKEncodedOrigin.BottomLeft)]
    [InlineData(SKEncodedOrigin.LeftTop)]
    [InlineData(SKEncodedOrigin.RightTop)]
    [InlineData(SKEncodedOrigin.RightBottom)]
    [InlineData(SKEncodedOrigin.LeftBottom)]
    public void Boxes_are_in_the_stored_picture_whatever_its_orientation(SKEncodedOrigin origin)
    {
        byte[] jpeg = EncodedPictures.JpegWithOrientation((byte)origin);
        using RgbImage upright = ImageDecoder.Decode(jpeg, "upright", DecodeOptions.Default with { AppliesOrientation = true }), stored = ImageDecoder.Decode(jpeg, "stored", DecodeOptions.Default);
        File.WriteAllBytes(_folder.File("upright.png"), Png(upright));
        File.WriteAllBytes(_folder.File("stored.jpg"), jpeg);
        using ObjectDetector detector = ObjectDetector.Load(Model, new DetectorOptions { LeastScore = 0.05 });
        ImageDetections expected = detector.Detect(_folder.File("upright.png")), found = detector.Detect(_folder.File("stored.jpg"));
        Assert.Equal(stored.Size, found.Size);
        Assert.Equal(expected.Objects.Select(one => one.Score), found.Objects.Select(one => one.Score));
        Assert.NotEmpty(found.Objects);
        // A pixel of the upright picture and the place that it came from have the same colour; so have box corners and their places.
        Assert.All(expected.Objects.Zip(found.Objects), pair =>
        {
            (double x, double y) = Orientation.ToStored(pair.First.Box.Left, pair.First.Box.Top, (int)origin, upright.Size);
            Assert.True((x == pair.Second.Box.Left || x == pair.Second.Box.Right) && (y == pair.Second.Box.Top || y == pair.Second.Box.Bottom));
            Assert.Equal(pair.First.Box.Area, pair.Second.Box.Area, 1e-6);
        });
        for (int row = 0; row < upright.Size.Height; row++)
        {
            (double x, double y) = Orientation.ToStored(0.5, row + 0.5, (int)origin, upright.Size);
            Assert.Equal(upright.Row(row)[..3].ToArray(), stored.Row((int)y).Slice(RgbImage.PixelBytes * (int)x, 3).ToArray());
        }
    }

    [Fact]
    public void Exported_file_finds_the_same()
    {
        using (ModelExport export = ModelExport.Open(Model, new EncoderOptions()))
        using (FileStream file = File.Create(_folder.File("model.onnx")))
        {
            export.Write(file);
        }
        using ObjectDetector original = ObjectDetector.Load(Model, new DetectorOptions { LeastScore = 0.05 }), exported = ObjectDetector.Load(_folder.File("model.onnx"), new DetectorOptions { LeastScore = 0.05 });
        Assert.Equal(original.Detect(Samples[2]).Objects, exported.Detect(Samples[2]).Objects);
        Assert.Equal(original.ClassNames, exported.ClassNames);
        Assert.Contains("detector is exported in fp32 alone", Assert.Throws<ArgumentException>(() => ModelExport.Open(Model, new EncoderOptions { Precision = Precision.Int8 })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Other_picture_size_is_taken()
    {
        using ObjectDetector detector = ObjectDetector.Load(Model, new DetectorOptions { ImageSize = new ImageSize(64, 96), LeastScore = 0.05 });
        Assert.Equal(new ImageSize(64, 96), detector.Description.ImageSize);
        Assert.NotEmpty(detector.Detect(Samples[0]).Objects);
    }

    [Fact]
    public void Detectors_and_encoders_are_not_taken_for_each_other()
    {
        Assert.Contains("is a detector", Assert.Throws<CheckpointException>(() => ImageEncoder.Load(Model)).Message, StringComparison.Ordinal);
        Assert.Contains("is no detector", Assert.Throws<CheckpointException>(() => ObjectDetector.Load(WrittenTiny())).Message, StringComparison.Ordinal);

        static string WrittenTiny() => Classifier.WrittenModel.Tiny;
    }

    [Fact]
    public void Weights_that_are_no_numbers_are_answered_by_a_sentence()
    {
        Dictionary<string, Weight> weights = TinyDetector.Weights();
        weights["head.class_logits.bias"] = new(new TensorShape(2), new[] { float.NaN, 0 });
        using ObjectDetector detector = ObjectDetector.Load(TinyDetector.Write(_folder.File("nan.safetensors"), weights));
        Assert.Contains("NaN", Assert.Throws<ImageException>(() => detector.Detect(Samples[0])).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("width", "33", "multiple of 32")]
    [InlineData("category_ids", "[1]", "numbers 1 classes for 2 outputs")]
    [InlineData("depth", "\"x\"", "whole number")]
    [InlineData("depth", "2", "head.class_tower.1")]
    public void Description_that_contradicts_the_file_is_refused(string field, string value, string words)
    {
        System.Text.Json.Nodes.JsonObject json = ModelDescriptionJson.Write(TinyDetector.Description);
        json["detector"]![field] = System.Text.Json.Nodes.JsonNode.Parse(value);
        using (FileStream stream = File.Create(_folder.File("odd.safetensors")))
        {
            SafetensorsWriter.Write(stream, TinyDetector.Weights().Select(pair => SafetensorsSource.Of(pair.Key, pair.Value)), new Dictionary<string, string> { [ModelDescriptionJson.Key] = json.ToJsonString() });
        }
        Assert.Contains(words, Assert.Throws<CheckpointException>(() => ObjectDetector.Load(_folder.File("odd.safetensors"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_outside_their_range_are_refused()
    {
        Assert.Throws<ArgumentException>(() => ObjectDetector.Load(Model, new DetectorOptions { LeastScore = 1 }));
        Assert.Throws<ArgumentException>(() => ObjectDetector.Load(Model, new DetectorOptions { MostOverlap = -1 }));
        Assert.Throws<ArgumentException>(() => ObjectDetector.Load(Model, new DetectorOptions { ImageSize = new ImageSize(50, 64) }));
    }

    private static byte[] Png(RgbImage image)
    {
        using MemoryStream stream = new();
        PictureFile.WritePng(stream, image);
        return stream.ToArray();
    }
}
