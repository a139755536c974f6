using Fovea.Checkpoints;
using Fovea.Graphs;
using Fovea.Inference;
using Microsoft.ML.OnnxRuntime;

namespace Fovea;

/// <summary>A product of two 2048 x 2048 matrices of float32: what a processor can do at best, by the runtime that computes the networks too.</summary>
internal sealed class MatrixProduct : IDisposable
{
    private const int Side = 2048;

    private readonly InferenceSession _session;
    private readonly float[] _left = new float[Side * Side];

    /// <param name="threads">Threads that share it.</param>
    public MatrixProduct(int threads)
    {
        OnnxGraph graph = new("product");
        float[] right = new float[Side * Side];
        for (int index = 0; index < right.Length; index++) (_left[index], right[index]) = (index % 7 - 3, index % 5 - 2);
        Value left = graph.Input("left", Side, Side);
        graph.Output("product", graph.MatMul(left, graph.Parameter("right", new Weight(new TensorShape(Side, Side), right))), Side, Side);
        using SessionOptions options = SessionSettings.Of(threads);
        _session = new InferenceSession(graph.ToBytes(), options);
    }

    /// <summary>Operations of one product: a multiplication and an addition for every term.</summary>
    public static double Operations => 2.0 * Side * Side * Side;

    public void Run()
    {
        using OrtValue left = OrtValue.CreateTensorValueFromMemory(_left, [Side, Side]);
        using RunOptions options = new();
        using IDisposableReadOnlyCollection<OrtValue> product = _session.Run(options, ["left"], [left], ["product"]);
    }

    public void Dispose() => _session.Dispose();
}
