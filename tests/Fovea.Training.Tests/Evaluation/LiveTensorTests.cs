using Fovea.Training.Evaluation;
using TorchSharp;

namespace Fovea.Training.Tests.Evaluation;

/// <summary>A training run measures again and again: nothing may stay behind in native memory.</summary>
[Collection(nameof(LiveTensorTests))]
[CollectionDefinition(nameof(LiveTensorTests), DisableParallelization = true)]                                   // the count is the process's
public class LiveTensorTests
{
    private static readonly FeatureSet Train = DrawnFeatures.Clouds(60, 6, 3, 2, 1), Test = DrawnFeatures.Clouds(30, 6, 3, 2, 2);

    public static TheoryData<string> Protocols => ["knn", "linear", "sgd", "retrieval", "clustering", "health"];

    [Theory]
    [MemberData(nameof(Protocols))]
    public void No_tensor_outlives_a_protocol(string protocol)
    {
        Measure(protocol);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        long before = torch.Tensor.TotalCount;
        Measure(protocol);
        Assert.Equal(before, torch.Tensor.TotalCount);
    }

    private static object Measure(string protocol) => protocol switch
    {
        "knn" => KnnEvaluation.Evaluate(Train, Test, new()),
        "linear" => LinearProbe.Evaluate(Train, Test, new LinearProbeOptions { Strengths = [0.01, 1], Scalings = [ProbeScaling.None, ProbeScaling.Standardized] }),
        "sgd" => SgdSweep.Evaluate(Train, Test, new SgdSweepOptions { Steps = 10, Batch = 16, Scalings = [ProbeScaling.Standardized] }),
        "retrieval" => RetrievalEvaluation.Evaluate(Train, Test, new()),
        "clustering" => ClusteringEvaluation.Evaluate(Train),
        _ => EmbeddingHealth.Of(Train),
    };
}
