namespace Fovea;

/// <summary>A picture could not be used: no picture, a damaged one, one above the limits, or a source that names none.</summary>
/// <remarks>The message is one sentence: what is wrong, with which picture, what to do.</remarks>
public sealed class ImageException : Exception
{
    /// <summary>A refusal with its reason.</summary>
    public ImageException(string message) : base(message)
    {
    }

    /// <summary>A refusal with its reason and what caused it.</summary>
    public ImageException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
