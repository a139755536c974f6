namespace Fovea.Training.Data;

/// <summary>Picture files below a folder. At most a million, so that a shard's names stay small; a larger folder is several shards.</summary>
internal sealed class FolderShard : Shard
{
    public const int MostFiles = 1_000_000;

    private readonly string _root;
    private readonly string _prefix;

    /// <param name="root">The folder.</param>
    /// <param name="prefix">What stands in front of relative paths in names.</param>
    /// <param name="columns">Relative paths, and labels.</param>
    public FolderShard(string root, string prefix, ShardColumns columns) : base(columns)
    {
        _root = root;
        _prefix = prefix;
    }

    public string PathOf(int index) => Path.Combine(_root, Columns.Names[index]);

    public override string NameOf(int index) => _prefix + Columns.Names[index];
}
