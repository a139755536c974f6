using System.Text.Json.Serialization;

namespace Fovea.Training.Evaluation;

/// <summary>The report of a protocol that predicts a class for each test sample.</summary>
/// <param name="Protocol">Its name on the command line.</param>
/// <param name="Data">What was measured.</param>
/// <param name="Classes">How well each class does.</param>
/// <param name="Confusion">Rows are true classes, columns predicted ones.</param>
/// <param name="Predictions">The predicted class of each labelled test sample, in their order: what <see cref="McNemar"/> compares two models by. Not in the JSON.</param>
internal abstract record ClassificationReport(
    string Protocol, DataSummary Data, IReadOnlyList<ClassAccuracy> Classes, ConfusionMatrix Confusion, [property: JsonIgnore] IReadOnlyList<int> Predictions)
    : EvaluationReport(Protocol, Data);
