namespace Fovea.Checkpoints;

/// <summary>Finds the storage that a persistent id names; each container has its own way.</summary>
internal interface IPickleStorages
{
    /// <exception cref="CheckpointException">The id is malformed, or names no storage of the file or another size than it has.</exception>
    StorageValue Find(CheckpointValue id, PicklePlace place);
}

/// <summary>For pickles that have no tensors.</summary>
internal sealed class NoPickleStorages : IPickleStorages
{
    public StorageValue Find(CheckpointValue id, PicklePlace place) => throw PickleThrow.BadPersistentId(place, "no tensor belongs here");
}
