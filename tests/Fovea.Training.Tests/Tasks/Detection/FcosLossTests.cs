using Fovea.Training.Tasks;
using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Training.Tests.Tasks.Detection;

public sealed class FcosLossTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    /// <summary>By hand at logit 0: 0.25 * 0.5^2 * ln 2 for the class that is there, 0.75 * 0.5^2 * ln 2 for one that is not.</summary>
    [Fact]
    public void Focal_loss_by_hand()
    {
        FcosOutputs outputs = new(zeros(1, 1, 2, float64), ones(1, 1, 4, float64), zeros(1, 1, float64));
        FcosTargets targets = new([0], [1], [0, 0, 16, 16], [8, 8, 8], [1], [], 1);
        Assert.Equal(0.0433217 + 0.1299651, FcosLoss.Of(outputs, targets, 1).Classes.ToDouble(), 1e-7);
    }

    [Fact]
    public void Place_that_is_left_out_costs_nothing_and_has_no_gradient()
    {
        Tensor logits = zeros(1, 2, 3, float64, requires_grad: true);
        FcosOutputs outputs = new(logits, ones(1, 2, 4, float64), zeros(1, 2, float64));
        FcosLoss.Of(outputs, new FcosTargets([], [], [], [], [], [1], 1), found: 0).Total.backward();
        Assert.All(logits.grad![0, 0].data<double>().ToArray(), gradient => Assert.NotEqual(0, gradient));
        Assert.All(logits.grad![0, 1].data<double>().ToArray(), gradient => Assert.Equal(0, gradient));
    }

    /// <summary>By hand: intersection 25, union 175, enclosing 225: 25 / 175 - 50 / 225.</summary>
    [Fact]
    public void Generalised_overlap_by_hand() => Assert.Equal(1.0793651, Overlap([0, 0, 10, 10], [5, 5, 15, 15]), 1e-6);

    [Fact]
    public void Generalised_overlap_of_the_same_box_costs_nothing_and_of_a_point_is_finite()
    {
        Assert.Equal(0, Overlap([3, 4, 30, 40], [3, 4, 30, 40]), 1e-6);
        Assert.Equal(1 + (1 - 100.0 / 400), Overlap([20, 20, 20, 20], [0, 0, 10, 10]), 1e-6);
    }

    [Fact]
    public void Centre_ness_by_hand() => Assert.Equal(0.4082483, FcosTargets.CentreNess(1, 2, 3, 4), 1e-7);

    /// <summary>Without objects all three losses still have gradients, 0 for boxes and centres, so that no parameter is without.</summary>
    [Fact]
    public void Picture_without_objects_teaches_background_alone()
    {
        Tensor distances = ones(1, 2, 4, float64, requires_grad: true), centres = zeros(1, 2, float64, requires_grad: true);
        FcosLoss loss = FcosLoss.Of(new FcosOutputs(zeros(1, 2, 3, float64), distances, centres), new FcosTargets([], [], [], [], [], [], 1), found: 0);
        Assert.Equal(6 * 0.1299651, loss.Total.ToDouble(), 1e-6);
        loss.Total.backward();
        Assert.Equal(0, distances.grad!.abs().sum().ToDouble());
        Assert.Equal(0, centres.grad!.abs().sum().ToDouble());
    }

    private static double Overlap(double[] predicted, double[] wanted) => FcosLoss.GeneralisedOverlapLoss(tensor(predicted, [1, 4]), tensor(wanted, [1, 4])).ToDouble();
}
