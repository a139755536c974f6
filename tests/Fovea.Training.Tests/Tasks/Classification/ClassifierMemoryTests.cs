using System.Text.Json.Nodes;
using Fovea.Networks;
using Fovea.Training.Networks;
using Fovea.Training.Optimization;
using Fovea.Training.Tasks;
using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Training.Tests.Tasks;

/// <summary>TorchSharp counts the tensors of the whole process, so nothing else may run.</summary>
[CollectionDefinition(nameof(ClassifierMemoryTests), DisableParallelization = true)]
[Collection(nameof(ClassifierMemoryTests))]
public class ClassifierMemoryTests
{
    [Theory]
    [InlineData(1, false)]
    [InlineData(2, false)]
    [InlineData(1, true)]
    public void No_more_tensors_live_after_a_hundred_steps_than_after_two(int shards, bool freezesBlocks)
    {
        VitNetwork network = new(
            VitConfigJson.Override(NamedNetworks.Get("vit_reg4_m16_rms_avg"), new JsonObject { ["patch_size"] = 4, ["num_layers"] = 3, ["num_heads"] = 2, ["hidden_dim"] = 32, ["mlp_dim"] = 64 }),
            ImageSize.Square(16), 3, 4);
        Freezing freezing = new() { Layers = freezesBlocks ? 2 : null };
        using ClassifierModel model = new(network, ComputeType.BFloat16, key => freezing.Trains(key, 3), isAveraged: true, shards: shards);
        model.Load(new StartValues(StartValueScheme.Birder, 1).OfEncoder(network));
        using AdamW optimizer = new(model.Trained, new AdamWSettings(), model.Followed, key => freezing.Trains(key, 3));
        using ClassLoss loss = new(new ClassLossSettings { Smoothing = 0.1 }, 4, [1, 2, 1, 1]);
        Mixer mixer = new(new MixingSettings { MixupAlpha = 0.5, CutMix = true }, ImageSize.Square(16), 1);
        DropPath drop = new(0.3, 3, freezing.Blocks(3), 1);
        for (int step = 0; step < 2; step++) Step(step);
        long before = Tensor.TotalCount;
        for (int step = 2; step < 100; step++) Step(step);
        Assert.InRange(Tensor.TotalCount, 1, before);                              // fewer, when the collector finds leftovers of other tests

        void Step(int step)
        {
            using DisposeScope scope = NewDisposeScope();
            Tensor images = randn(4, 3, 16, 16), targets = loss.OneHot([0, 1, 2, 3]);
            if (mixer.Draw(step, 0) is { } mix) (images, targets) = (mix.Images(images), mix.Targets(targets));
            model.Backward(new ClassifierBatch(images, targets, 4, drop.Draw(step, 0, 4, CPU)), loss);
            optimizer.Step(1e-3, [.. model.Trained.Slices.Select(_ => 0.05)], 0.9);
        }
    }
}
