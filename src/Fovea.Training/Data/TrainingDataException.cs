namespace Fovea.Training.Data;

/// <summary>The data of a training run cannot be used: too few pictures, too many broken ones, labels that fit nothing.</summary>
/// <remarks>The message is one sentence: what is wrong, with which data, what to do. A path that names no pictures is an <see cref="ImageException"/>.</remarks>
public sealed class TrainingDataException : Exception
{
    /// <summary>A refusal with its reason.</summary>
    public TrainingDataException(string message) : base(message)
    {
    }

    /// <summary>A refusal with its reason and what caused it.</summary>
    public TrainingDataException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
