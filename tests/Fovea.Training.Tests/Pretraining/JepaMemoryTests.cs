using Fovea.Training.Networks;
using Fovea.Training.Optimization;
using Fovea.Training.Pretraining;
using static TorchSharp.torch;

namespace Fovea.Training.Tests.Pretraining;

/// <summary>TorchSharp counts the tensors of the whole process, so nothing else may run.</summary>
[CollectionDefinition(nameof(JepaMemoryTests), DisableParallelization = true)]
[Collection(nameof(JepaMemoryTests))]
public class JepaMemoryTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void No_more_tensors_live_after_a_hundred_steps_than_after_two(int shards)
    {
        using JepaModel model = JepaSample.Model(ComputeType.BFloat16, shards);
        using AdamW optimizer = new(model.Trained, new AdamWSettings(), model.Followed);
        for (int step = 0; step < 2; step++) JepaRepeatTests.Step(model, optimizer);
        long before = Tensor.TotalCount;
        for (int step = 0; step < 98; step++) JepaRepeatTests.Step(model, optimizer);
        Assert.InRange(Tensor.TotalCount, 1, before);                              // fewer, when the collector finds leftovers of other tests
    }
}
