using Fovea.Tests.Graphs;
using Fovea.Training.Networks;
using Fovea.Training.Pretraining;
using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Training.Tests.Pretraining;

/// <summary>A batch that threads share gives what one thread gives, up to the order of sums.</summary>
public class JepaShardTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 1)]
    [InlineData(3, 2)]
    [InlineData(JepaSample.Batch + 2, 1)]
    public void Loss_outputs_and_gradients_do_not_depend_on_the_number_of_shards(int shards, int contextBlocks)
    {
        using DisposeScope scope = NewDisposeScope();
        using JepaModel whole = JepaSample.Model(ComputeType.Float32, shards: 1), divided = JepaSample.Model(ComputeType.Float32, shards);
        Tensor images = JepaSample.Images(), contexts = JepaSample.Contexts(contextBlocks), targets = JepaSample.Targets();
        JepaOutputs expected = whole.Forward(images, contexts, targets);
        expected.Loss.backward();
        whole.Trained.CollectGradients();

        JepaBatch batch = divided.Backward(images, contexts, targets);
        JepaOutputs found = batch.Join();

        Assert.Equal(Math.Min(shards, JepaSample.Batch), batch.Parts.Count);
        Assert.Equal(expected.Loss.ToDouble(), batch.Loss, 1e-6);
        Tolerance values = new(2e-5, 0);                                           // as the goldens' outputs
        values.Check("predictions", JepaGolden.Floats(expected.Predictions), JepaGolden.Floats(found.Predictions));
        values.Check("targets", JepaGolden.Floats(expected.Targets), JepaGolden.Floats(found.Targets));
        values.Check("normalised tokens", JepaGolden.Floats(expected.NormalisedTokens), JepaGolden.Floats(found.NormalisedTokens));
        new Tolerance(2e-7, 0).Check("gradients", JepaGolden.Floats(whole.Trained.Gradients!), JepaGolden.Floats(divided.Trained.Gradients!));   // as the goldens'
    }

    [Fact]
    public void Gradients_of_two_batches_add_up()
    {
        using DisposeScope scope = NewDisposeScope();
        using JepaModel model = JepaSample.Model(ComputeType.BFloat16, shards: 2);
        model.Backward(JepaSample.Images(), JepaSample.Contexts(), JepaSample.Targets());
        Tensor once = model.Trained.Gradients!.clone();
        model.Backward(JepaSample.Images(), JepaSample.Contexts(), JepaSample.Targets());
        new Tolerance(1e-9, 1e-6).Check("twice the gradient", JepaGolden.Floats(once * 2), JepaGolden.Floats(model.Trained.Gradients!));      // other order of sums
    }

    [Fact]
    public void Fault_in_one_share_is_thrown_where_the_step_was_asked_for()
    {
        using DisposeScope scope = NewDisposeScope();
        using JepaModel model = JepaSample.Model(ComputeType.Float32, shards: 3);
        Tensor targets = JepaSample.Targets();
        targets[0, JepaSample.Batch - 1, 0] = 1000;                                // no such patch
        Assert.Throws<System.Runtime.InteropServices.ExternalException>(() => model.Backward(JepaSample.Images(), JepaSample.Contexts(), targets));
    }
}
