namespace Fovea.Hub;

/// <summary>A transfer ended before the file did, for a reason that may go away: another try can go on from there.</summary>
/// <param name="message">What happened, as a part of a sentence.</param>
/// <param name="wait">How long the server asks to be left alone; null: it does not say.</param>
/// <param name="cause">What the transport reported, if anything.</param>
internal sealed class BrokenTransferException(string message, TimeSpan? wait = null, Exception? cause = null) : Exception(message, cause)
{
    public TimeSpan? Wait { get; } = wait;
}
