using System.Text.Json.Serialization;

namespace Fovea.Training.Evaluation;

/// <summary>The result of one protocol: everything that docs/evaluation.md lists for it, and the numbers that go into a table.</summary>
/// <param name="Protocol">Its name on the command line.</param>
/// <param name="Data">What was measured.</param>
internal abstract record EvaluationReport([property: JsonPropertyOrder(-2)] string Protocol, [property: JsonPropertyOrder(-1)] DataSummary Data)
{
    /// <summary>The numbers that a reader wants first, in order, named as in a table.</summary>
    [JsonIgnore]
    public abstract IReadOnlyList<(string Name, Estimate Value)> Lines { get; }
}
