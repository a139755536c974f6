namespace Fovea.Checkpoints;

/// <summary>How the parameters of a file differ from those of a network.</summary>
/// <param name="Missing">Keys that the network has and the file has not.</param>
/// <param name="Unexpected">The other way round.</param>
/// <param name="Misshapen">In both, with different shapes: "key [found] instead of [needed]".</param>
internal sealed record StateDifference(IReadOnlyList<string> Missing, IReadOnlyList<string> Unexpected, IReadOnlyList<string> Misshapen)
{
    public bool IsEmpty => Missing.Count + Unexpected.Count + Misshapen.Count == 0;
}
