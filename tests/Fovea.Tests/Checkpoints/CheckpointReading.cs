namespace Fovea.Tests.Checkpoints;

/// <summary>Opening is lazy about bytes, so tests that want a file refused read all of it.</summary>
internal static class CheckpointReading
{
    public static void Use(this Checkpoint checkpoint, Action<Checkpoint> action)
    {
        using (checkpoint) action(checkpoint);
    }

    public static void ReadAll(this Checkpoint checkpoint)
    {
        foreach (CheckpointTensor tensor in checkpoint.Tensors) tensor.WriteTo(Stream.Null);
    }
}
