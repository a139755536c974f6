namespace Fovea.Training.Runs;

/// <summary>A training run cannot begin or go on; the message is one sentence with the cause and what to do.</summary>
internal sealed class RunException : Exception
{
    public RunException(string message)
        : base(message)
    {
    }

    public RunException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
