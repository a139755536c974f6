using Fovea.Networks;
using Fovea.Tasks;
using Fovea.Training.Data;
using Fovea.Training.Optimization;
using Fovea.Training.Tasks;
using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Training.Tests.Tasks.Detection;

public sealed class DetectorModelTests : IDisposable
{
    private static readonly DetectionTarget[] Targets =
    [
        new(ImageSize.Square(64), [new LabelledBox(1, new BoundingBox(8, 8, 40, 40), IsRegion: false)]),
        new(ImageSize.Square(64), [new LabelledBox(2, new BoundingBox(20, 10, 60, 60), IsRegion: false), new LabelledBox(0, new BoundingBox(2, 2, 14, 14), IsRegion: false)]),
        new(ImageSize.Square(64), []),
    ];

    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    /// <summary>Counted by hand from the layers, at the reference's width and depth on the flagship.</summary>
    [Fact]
    public void Parameters_are_as_many_as_counted_by_hand()
    {
        IReadOnlyList<Parameter> contract = DetectorParameters.PyramidAndHead(512, new DetectorConfig(), classes: 3);
        Assert.Equal(1_180_928 + 721_920 + 721_920, Count("pyramid.p3.", "pyramid.p4.", "pyramid.p5."));
        Assert.Equal(1_180_160, Count("pyramid.p6.", "pyramid.p7."));
        Assert.Equal(2_362_368 + 2304 * 3 + 3, Count("head.class_"));
        Assert.Equal(2_373_893, Count("head.box_tower.", "head.distances.", "head.centre_logits."));

        long Count(params string[] prefixes) => contract.Where(parameter => prefixes.Any(prefix => parameter.Key.StartsWith(prefix, StringComparison.Ordinal))).Sum(parameter => parameter.Shape.ElementCount);
    }

    [Theory]
    [InlineData(64, 64)]
    [InlineData(48, 88)]
    public void Head_speaks_at_every_place_of_every_level(int height, int width)
    {
        using DetectorModel model = SmallDetector.Create(SmallDetector.Encoder(height, width));
        DetectorNetwork network = new(model.Encoder, model.Config, new Fovea.Training.Networks.ParameterScope(model.Trained.Leaves));
        FcosOutputs outputs = network.Forward(randn(2, 3, height, width));
        int places = model.Levels.Sum(level => level.Count);
        Assert.Equal([2, places, 3], outputs.ClassLogits.shape);
        Assert.Equal([2, places, 4], outputs.Distances.shape);
        Assert.Equal([2, places], outputs.CentreLogits.shape);
        Assert.True(outputs.Distances.min().ToDouble() >= 0);
    }

    /// <summary>A head that knows its start bias alone says background with probability 0.99: 0.75 * 0.01^2 * 0.01005 for each place and class.</summary>
    [Fact]
    public void First_class_loss_of_a_picture_without_objects_is_that_of_the_start_bias()
    {
        using DetectorModel model = SmallDetector.Create();
        Dictionary<string, Fovea.Checkpoints.Weight> weights = SmallDetector.Weights(model.Encoder, model.Config, 3);
        Fovea.Checkpoints.Weight logits = weights["head.class_logits.weight"];
        weights["head.class_logits.weight"] = new(logits.Shape, new float[logits.Shape.ElementCount]);
        model.Load(weights);
        DetectorLosses losses = model.Backward(zeros(1, 3, 64, 64), [Targets[2]], weight: 1);
        Assert.Equal(0.75 * 0.01 * 0.01 * -Math.Log(0.99), losses.Classes / (3 * model.Levels.Sum(level => level.Count)), 1e-11);
    }

    [Fact]
    public void Batch_divided_among_threads_has_the_gradients_of_the_whole_batch()
    {
        using DetectorModel whole = SmallDetector.Create(), divided = SmallDetector.Create(shards: 2);
        Tensor images = randn(3, 3, 64, 64);
        DetectorLosses one = whole.Backward(images, Targets, weight: 0.5), other = divided.Backward(images, Targets, weight: 0.5);
        Assert.Equal(one.Found, other.Found);
        Assert.Equal(one.Total, other.Total, 1e-4);
        double size = whole.Trained.Gradients!.norm().ToDouble(), difference = (whole.Trained.Gradients! - divided.Trained.Gradients!).norm().ToDouble();
        Assert.True(size > 0 && difference < 1e-4 * size, $"gradients of norm {size} differ by {difference}");      // sums of float32 in another order
    }

    [Fact]
    public void Frozen_encoder_has_no_gradient_and_everything_else_has()
    {
        using DetectorModel model = SmallDetector.Create(freezing: new Freezing { Body = true });
        model.Backward(randn(3, 3, 64, 64), Targets, weight: 1);
        foreach (ParameterSlice slice in model.Trained.Slices)
        {
            double norm = model.Trained.Gradients!.narrow(0, slice.Offset, slice.Length).norm().ToDouble();
            if (slice.Parameter.Key.StartsWith(DetectorParameters.BackbonePrefix, StringComparison.Ordinal)) Assert.Equal(0, norm);
            else Assert.True(norm > 0 || slice.Parameter.Key.Contains("p7", StringComparison.Ordinal), $"{slice.Parameter.Key} has no gradient");
            Assert.Equal(norm > 0, model.IsTrained(slice.Parameter.Key) && norm > 0);
        }
    }

    [Fact]
    public void Raw_features_leave_the_final_norm_without_gradient()
    {
        using DetectorModel model = SmallDetector.Create(config: SmallDetector.Config with { NormsFeatures = false });
        model.Backward(randn(3, 3, 64, 64), Targets, weight: 1);
        Assert.False(model.IsTrained("backbone.norm.weight"));
        ParameterSlice norm = model.Trained.Slices.Single(slice => slice.Parameter.Key == "backbone.norm.weight"), first = model.Trained.Slices.Single(slice => slice.Parameter.Key == "backbone.conv_proj.weight");
        Assert.Equal(0, model.Trained.Gradients!.narrow(0, norm.Offset, norm.Length).norm().ToDouble());
        Assert.NotEqual(0, model.Trained.Gradients!.narrow(0, first.Offset, first.Length).norm().ToDouble());
    }

    [Fact]
    public void Detections_lie_in_the_picture_and_not_in_the_filling()
    {
        using DetectorModel model = SmallDetector.Create();
        List<ScoredBox> found = model.Detect(randn(1, 3, 64, 64), [new ImageSize(40, 64)], new DetectionSettings { LeastScore = 0.01 })[0];
        Assert.NotEmpty(found);
        Assert.All(found, one => Assert.True(one.Box is { Left: >= 0, Top: >= 0, Right: <= 64, Bottom: <= 40 } && one.Box.Area > 0, $"{one.Box}"));
    }

    [Fact]
    public void Encoder_that_cannot_carry_a_detector_is_refused()
    {
        Assert.Contains("multiple of 32", Assert.Throws<ArgumentException>(() => SmallDetector.Create(config: SmallDetector.Config with { Width = 48 })).Message, StringComparison.Ordinal);
        Assert.Contains("2 x 2", Assert.Throws<ArgumentException>(() => SmallDetector.Create(SmallDetector.Encoder(8, 64))).Message, StringComparison.Ordinal);
    }
}
