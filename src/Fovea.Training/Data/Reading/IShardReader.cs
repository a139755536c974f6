namespace Fovea.Training.Data;

/// <summary>Reads the pictures of one shard in any order, on any thread.</summary>
internal interface IShardReader : IDisposable
{
    /// <summary>The bytes of one picture file.</summary>
    /// <exception cref="ImageException">It cannot be read.</exception>
    EncodedBytes Read(int index);
}
