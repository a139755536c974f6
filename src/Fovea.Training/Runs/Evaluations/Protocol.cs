using Fovea.Training.Evaluation;

namespace Fovea.Training.Runs.Evaluations;

/// <summary>A way to measure features of a labelled set.</summary>
/// <param name="Name">Its name on the command line.</param>
/// <param name="Description">What it does, in a sentence.</param>
/// <param name="WantsLastFour">Whether it looks at `avg4` too.</param>
/// <param name="Evaluate">Measures; with several features of the same samples it chooses on held-out training samples.</param>
internal sealed record Protocol(
    string Name, string Description, bool WantsLastFour, Func<IReadOnlyList<(FeatureSet Train, FeatureSet Test)>, CancellationToken, EvaluationReport> Evaluate)
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<Protocol> All { get; } =
    [
        new("knn", "k-NN accuracy: is a picture's class that of the pictures most like it? Nothing is trained.", false,
            (features, cancellation) => KnnEvaluation.Evaluate(features[0].Train, features[0].Test, new KnnOptions(), cancellation)),
        new("linear", "Linear probe: logistic regression on frozen features.", true,
            (features, cancellation) => LinearProbe.Evaluate(features, new LinearProbeOptions(), cancellation)),
        new("fewshot", "Few-shot accuracy from 1 and 5 pictures a class.", false,
            (features, cancellation) => FewShotEvaluation.Evaluate(features[0].Train, features[0].Test, new FewShotOptions(), cancellation)),
        new("retrieval", "Retrieval: do pictures of a class come before the others?", false,
            (features, cancellation) => RetrievalEvaluation.Evaluate(features[0].Train, features[0].Test, new RetrievalOptions(), cancellation)),
    ];

    /// <summary>The linear probe by stochastic gradient descent over many rates at once.</summary>
    public Protocol BySweep() => this with { Evaluate = (features, cancellation) => SgdSweep.Evaluate(features, new SgdSweepOptions(), cancellation) };
}
