namespace Fovea;

/// <summary>A published model could not be had: unknown name, no network, a server that fails, wrong bytes, no room to keep it.</summary>
/// <remarks>The message is one sentence: what is wrong, with which model or address, what to do.</remarks>
public sealed class HubException : Exception
{
    /// <summary>A refusal with its reason.</summary>
    public HubException(string message) : base(message)
    {
    }

    /// <summary>A refusal with its reason and what caused it.</summary>
    public HubException(string message, Exception innerException) : base(message, innerException)
    {
    }

    /// <summary>Whether asking for a file to be overwritten would help; the command line names its option.</summary>
    internal bool NeedsOverwriting { get; init; }
}
