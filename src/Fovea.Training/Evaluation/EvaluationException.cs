namespace Fovea.Training.Evaluation;

/// <summary>Features or labels that cannot be measured; the message says what is wrong, where, and what to do.</summary>
/// <param name="message">One sentence.</param>
internal sealed class EvaluationException(string message) : Exception(message);
