namespace Fovea.Checkpoints;

/// <summary>What model a readable checkpoint holds, or why none.</summary>
/// <param name="Description">The model; null when it is none that is known.</param>
/// <param name="Doubt">Why not, one sentence without the file's name; null for a model.</param>
internal sealed record CheckpointSummary(ModelDescription? Description, string? Doubt)
{
    /// <exception cref="ArgumentException">The network asked for is not registered.</exception>
    public static CheckpointSummary Of(Checkpoint checkpoint, string? network)
    {
        try
        {
            return new(ModelFile.Identify(checkpoint, network, size: null).Description, null);
        }
        catch (CheckpointException doubt)
        {
            return new(null, doubt.Message.Replace($"{checkpoint.Path}: ", "", StringComparison.Ordinal));
        }
    }
}
