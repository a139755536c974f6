using Fovea.Training.Data;
using Fovea.Training.Networks;
using Fovea.Training.Tasks;
using static TorchSharp.torch;

namespace Fovea.Training.Tests.Tasks.Detection;

/// <summary>TorchSharp counts the tensors of the whole process, so nothing else may run.</summary>
[CollectionDefinition(nameof(DetectorMemoryTests), DisableParallelization = true)]
[Collection(nameof(DetectorMemoryTests))]
public class DetectorMemoryTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void No_more_tensors_live_after_fifty_steps_than_after_two(int shards)
    {
        using DetectorModel model = SmallDetector.Create(shards: shards, compute: ComputeType.BFloat16);
        using Tensor images = randn(2, 3, 64, 64);
        DetectionTarget[] targets = [new(ImageSize.Square(64), [new LabelledBox(1, new BoundingBox(8, 8, 40, 40), IsRegion: false)]), new(ImageSize.Square(64), [])];
        for (int step = 0; step < 2; step++) Step();
        long before = Tensor.TotalCount;
        for (int step = 0; step < 48; step++) Step();
        Assert.InRange(Tensor.TotalCount, 1, before);                        // fewer, when the collector finds leftovers of other tests

        void Step()
        {
            model.Backward(images, targets, weight: 1);
            model.Detect(images, [ImageSize.Square(64), ImageSize.Square(64)], new());
        }
    }
}
