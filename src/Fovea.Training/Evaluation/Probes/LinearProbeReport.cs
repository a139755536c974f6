using System.Text.Json.Serialization;

namespace Fovea.Training.Evaluation;

/// <summary>What a linear probe found.</summary>
/// <param name="Data">What was measured: the chosen feature.</param>
/// <param name="Solver">`lbfgs` or `sgd`.</param>
/// <param name="Seed">Chose the held-out samples, and all that the sweep drew.</param>
/// <param name="HeldOut">Training samples that chose the setting; <see cref="Fit"/> says what was fitted on.</param>
/// <param name="Chosen">The setting with the best held-out accuracy; of equals the first.</param>
/// <param name="Fit">What was fitted in the end.</param>
/// <param name="Top1">The most probable class is the true one, on the test set.</param>
/// <param name="Top5">The true class is among the five most probable.</param>
/// <param name="Calibration">Whether its probabilities mean what they say.</param>
/// <param name="Settings">All settings in the order in which they were tried.</param>
/// <param name="Classes">How well each class does.</param>
/// <param name="Confusion">Rows are true classes, columns predicted ones.</param>
/// <param name="Predictions">The most probable class of each labelled test sample.</param>
internal sealed record LinearProbeReport(
    DataSummary Data, string Solver, ulong Seed, int HeldOut, LinearProbeReport.Setting Chosen, LinearProbeReport.FinalFit Fit, Estimate Top1, Estimate Top5,
    Calibration Calibration, IReadOnlyList<LinearProbeReport.Setting> Settings,
    IReadOnlyList<ClassAccuracy> Classes, ConfusionMatrix Confusion, IReadOnlyList<int> Predictions)
    : ClassificationReport("linear", Data, Classes, Confusion, Predictions)
{
    /// <summary>One setting that was tried.</summary>
    /// <param name="Feature">Which features.</param>
    /// <param name="Scaling">What the probe saw of them.</param>
    /// <param name="Strength">C of logistic regression, else null.</param>
    /// <param name="LearningRate">Of the sweep, for a batch of 256; else null.</param>
    /// <param name="HeldOutAccuracy">On the held-out samples.</param>
    internal sealed record Setting(string Feature, ProbeScaling Scaling, double? Strength, double? LearningRate, double HeldOutAccuracy);

    /// <summary>The fit that the test set was measured with.</summary>
    /// <param name="Samples">Training samples of it: all, or those not held out.</param>
    /// <param name="Objective">Of logistic regression, at the end; else null.</param>
    /// <param name="LargestGradient">The largest gradient entry there; else null.</param>
    /// <param name="Evaluations">Of the objective, or steps of the sweep.</param>
    /// <param name="Converged">Whether the optimum was reached; null for the sweep, which has none.</param>
    internal sealed record FinalFit(int Samples, double? Objective, double? LargestGradient, int Evaluations, bool? Converged);

    /// <inheritdoc/>
    [JsonIgnore]
    public override IReadOnlyList<(string Name, Estimate Value)> Lines => [("top 1", Top1), ("top 5", Top5)];

    /// <summary>Measures the chosen classifier on its test set.</summary>
    public static LinearProbeReport Of(EvaluationData data, string solver, ulong seed, int heldOut, Setting chosen, FinalFit fit, IReadOnlyList<Setting> settings, LinearModel model)
    {
        ClassScores scores = new(model.Probabilities(data.Test.Features), data.Test.Labels, data.Classes);
        ConfusionMatrix confusion = new(data.Test.Labels, scores.Predictions, data.Classes);
        return new(
            data.Summary, solver, seed, heldOut, chosen, fit, scores.Top(1), scores.Top(5), Calibration.Of(scores.All, data.Test.Labels, data.Classes), settings,
            ClassAccuracy.Of(confusion, data.ClassName), confusion, scores.Predictions);
    }
}
