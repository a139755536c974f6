using System.Text.Json;
using Fovea.Checkpoints;
using Fovea.Graphs;
using Microsoft.ML.OnnxRuntime;

namespace Fovea.Tests.Graphs;

/// <summary>Every activation alone, against `vit_family/activations.safetensors`: from far below zero to far above, and close round it.</summary>
public class ActivationGoldenTests
{
    public static TheoryData<Activation> Activations => [.. Enum.GetValues<Activation>()];

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Activations))]
    public void Activation_equals_the_reference(Activation activation)
    {
        using GoldenTensors golden = new(Path.Combine(TestFolders.Golden("vit_family"), "activations.safetensors"));
        string name = JsonSerializer.Serialize(activation).Trim('"');
        // Float32 errs by 7e-7 below 1 and by 1.2e-6 at 20.
        new Tolerance(1e-6, 1e-6).Check(name, golden.Floats($"outputs.{name}"), Run(activation, golden.Floats("inputs.x")));
    }

    private static float[] Run(Activation activation, float[] x)
    {
        OnnxGraph graph = new("activation");
        Weight slope = new(new TensorShape(1), new[] { 0.25f });                    // PReLU's, in this golden
        graph.Output("y", graph.Activate(graph.Input("x", x.Length), activation, () => graph.Parameter("slope", slope)), x.Length);
        using InferenceSession session = new(graph.ToBytes());
        using OrtValue input = OrtValue.CreateTensorValueFromMemory(x, [x.Length]);
        using RunOptions options = new();
        using IDisposableReadOnlyCollection<OrtValue> results = session.Run(options, ["x"], [input], ["y"]);
        return results[0].GetTensorDataAsSpan<float>().ToArray();
    }
}
