using Fovea.Tests.Graphs;
using Fovea.Training.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Training.Tests.Networks;

/// <summary>A linear layer takes one of two ways, by the size of its input; both are judged by a product in float64.</summary>
public class LinearTests
{
    private const long Inputs = 96, Outputs = 80;

    [Theory]
    [InlineData(2, 5)]
    [InlineData(8, 40)]
    [InlineData(1, 467)]
    public void Output_and_gradients_equal_those_of_a_product_in_float64(long batch, long tokens)
    {
        using DisposeScope scope = NewDisposeScope();
        random.manual_seed(7);
        Tensor weight = rand(Outputs, Inputs) - 0.5, bias = rand(Outputs) - 0.5, input = rand(batch, tokens, Inputs) - 0.5, outputGradient = (rand(batch, tokens, Outputs) - 0.5) / (batch * tokens);
        Tensor[] leaves = [input, weight, bias], exact = [.. leaves.Select(leaf => leaf.to(ScalarType.Float64))];
        foreach (Tensor leaf in (Tensor[])[.. leaves, .. exact]) leaf.requires_grad_(true);

        Tensor found = new Linear(new ParameterScope(new Dictionary<string, Tensor> { ["weight"] = weight, ["bias"] = bias })).Forward(input);
        Tensor expected = exact[0].matmul(exact[1].transpose(0, 1)) + exact[2];
        found.backward([outputGradient]);
        expected.backward([outputGradient.to(ScalarType.Float64)]);

        // Sums of some hundred terms of at most 1/4, each off by up to 2^-24 of itself.
        Tolerance tolerance = new(5e-6, 0);
        Check("output", expected, found);
        string[] names = ["gradient of the input", "gradient of the weight", "gradient of the bias"];
        for (int leaf = 0; leaf < leaves.Length; leaf++) Check(names[leaf], exact[leaf].grad!, leaves[leaf].grad!);

        void Check(string what, Tensor wanted, Tensor got) => tolerance.Check(what, Values(wanted), Values(got));
    }

    /// <summary>As attention asks for keys and values alone.</summary>
    [Fact]
    public void Some_of_the_outputs_equal_those_of_all()
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable frozen = no_grad();
        Linear linear = new(new ParameterScope(new Dictionary<string, Tensor> { ["weight"] = rand(Outputs, Inputs), ["bias"] = rand(Outputs) }));
        Tensor input = rand(8, 40, Inputs);
        new Tolerance(5e-5, 0).Check("outputs 16 to 47", Values(linear.Forward(input).narrow(2, 16, 32)), Values(linear.Forward(input, 16, 32)));
    }

    private static float[] Values(Tensor tensor) => VitModuleGoldenTests.Floats(tensor.detach());
}
