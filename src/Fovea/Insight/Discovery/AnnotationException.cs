namespace Fovea.Insight;

/// <summary>Annotations cannot be used; the message says which file, why, and what to do.</summary>
internal sealed class AnnotationException(string message, Exception? cause = null) : Exception(message, cause);
