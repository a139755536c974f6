namespace Fovea.Cli.Outputs;

/// <summary>A result could not be written. The message is one sentence: which file, what is wrong, what to do.</summary>
internal sealed class OutputException : Exception
{
    public OutputException(string message) : base(message)
    {
    }

    public OutputException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
