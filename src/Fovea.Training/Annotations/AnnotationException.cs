namespace Fovea.Training.Annotations;

/// <summary>An annotation file cannot be used; the message is one sentence: which file, what in it, what to do.</summary>
internal sealed class AnnotationException : Exception
{
    public AnnotationException(string message)
        : base(message)
    {
    }

    public AnnotationException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
