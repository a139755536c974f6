namespace Fovea;

/// <summary>A model file could not be used: damaged, hostile, of another format, or of another network than asked for.</summary>
/// <remarks>The message is one sentence: what is wrong, in which file, what to do. The only exception that reading a model file throws for the file's fault.</remarks>
public sealed class CheckpointException : Exception
{
    /// <summary>A refusal with its reason.</summary>
    public CheckpointException(string message) : base(message)
    {
    }

    /// <summary>A refusal with its reason and what caused it.</summary>
    public CheckpointException(string message, Exception innerException) : base(message, innerException)
    {
    }

    /// <summary>What the user can say that the file does not, if that helps; the command line names its option.</summary>
    internal Checkpoints.ModelFact? Lacks { get; init; }
}
