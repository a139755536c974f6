using Fovea.Checkpoints;

namespace Fovea.Fuzz;

/// <summary>A reader of model files: the container, every tensor's bytes, and what model it may be.</summary>
internal abstract class CheckpointTarget(string folder) : FuzzTarget
{
    private readonly ScratchFile _file = new();

    internal override void Read(ReadOnlySpan<byte> input)
    {
        _file.Write(input);
        using Checkpoint checkpoint = Checkpoint.Open(_file.Path);
        foreach (CheckpointTensor tensor in checkpoint.Tensors) tensor.WriteTo(Stream.Null);
        CheckpointSummary.Of(checkpoint, network: null);
    }

    internal override bool IsRefusal(Exception exception) => exception is CheckpointException;

    internal override IEnumerable<byte[]> FindSeeds() => Goldens(folder, "must_load").Select(File.ReadAllBytes);

    protected override void Dispose(bool isDisposing)
    {
        _file.Dispose();
        base.Dispose(isDisposing);
    }
}
