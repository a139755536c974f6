using Fovea.Networks;
using Fovea.Training.Networks;
using Fovea.Training.Optimization;
using static TorchSharp.torch;

namespace Fovea.Training.Tests.Optimization;

public class AdamWRateTests
{
    private static readonly Parameter[] Contract = [new("a.weight", new TensorShape(3, 5)), new("b.weight", new TensorShape(40))];

    /// <summary>In the first step AdamW moves every value by its rate, whatever the gradient: m / sqrt(v) is its sign.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Each_parameter_moves_by_its_own_rate(bool byTensors)
    {
        using FlatParameters parameters = Filled(0);
        using AdamW optimizer = new(parameters, new AdamWSettings());
        double[] scales = [1, 0.25];
        if (byTensors) optimizer.StepByTensors(new AdamWStep(0.1, new AdamWSettings(), 1, 1, 0), [0, 0], scales);
        else optimizer.Step(0.1, [0, 0], rateScales: scales);
        Assert.All(Values(parameters, 0), value => Assert.Equal(-0.1, value, 1e-6));
        Assert.All(Values(parameters, 1), value => Assert.Equal(-0.025, value, 1e-6));
    }

    /// <summary>Decay takes `rate * decay` of a value, so a slower parameter decays slower too.</summary>
    [Fact]
    public void Decay_follows_the_rate_of_its_parameter()
    {
        using FlatParameters parameters = Filled(2), still = Filled(2);
        using AdamW optimizer = new(parameters, new AdamWSettings()), without = new(still, new AdamWSettings());
        optimizer.Step(0.1, [0.5, 0.5], rateScales: [1, 0.25]);
        without.Step(0.1, [0, 0], rateScales: [1, 0.25]);
        Assert.Equal(-2 * 0.1 * 0.5, Values(parameters, 0)[0] - Values(still, 0)[0], 1e-6);
        Assert.Equal(-2 * 0.025 * 0.5, Values(parameters, 1)[0] - Values(still, 1)[0], 1e-6);
    }

    [Fact]
    public void Leaves_that_are_not_trained_record_nothing()
    {
        using FlatParameters parameters = new(Contract, ComputeType.Float32, hasGradients: true, isTrained: key => key == "b.weight");
        Assert.False(parameters.Leaves["a.weight"].requires_grad);
        Assert.True(parameters.Leaves["b.weight"].requires_grad);
        Assert.False(parameters.AddReplica().Leaves["a.weight"].requires_grad);
    }

    private static FlatParameters Filled(double value)
    {
        FlatParameters parameters = new(Contract, ComputeType.Float32, hasGradients: true);
        using (no_grad()) parameters.Values.fill_(value);
        parameters.Gradients!.fill_(0.7);
        return parameters;
    }

    private static float[] Values(FlatParameters parameters, int slice)
    {
        using Tensor view = parameters.View(parameters.Slices[slice]);
        return view.data<float>().ToArray();
    }
}
