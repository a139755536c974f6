using System.Globalization;

namespace Fovea.Checkpoints;

/// <summary>Walks the value that a pickle built, once, without recursion: refuses what is no finite tree of data, and lists its tensors with their paths.</summary>
internal sealed class PickleTree
{
    private const int Levels = 64;
    private const int Nodes = 4_194_304;
    private const int NameCharacters = 16_777_216;
    private const long DenseBytesAlways = 64L << 20;
    private const int DenseBytesPerFileByte = 4;

    private readonly string _file;
    private readonly long _denseLimit;
    private readonly List<Level> _path = [];
    private readonly List<CheckpointTensor> _tensors = [];
    private int _nodes;
    private long _denseBytes;
    private long _nameCharacters;

    private PickleTree(string file, long length)
    {
        _file = file;
        _denseLimit = DenseBytesAlways + DenseBytesPerFileByte * length;
    }

    /// <summary>The tensors below <paramref name="root"/> in document order; one that is reachable by several paths comes once for each.</summary>
    /// <param name="root">What the pickle left.</param>
    /// <param name="file">For messages.</param>
    /// <param name="length">Bytes of the file: a small one must not describe tensors without bound.</param>
    /// <exception cref="CheckpointException">A cycle, more than 64 levels, too many nodes, or a value that is no data.</exception>
    public static IReadOnlyList<CheckpointTensor> Tensors(CheckpointValue root, string file, long length)
    {
        PickleTree tree = new(file, length);
        tree.Walk(root);
        return tree._tensors;
    }

    private void Walk(CheckpointValue root)
    {
        Enter(root);
        while (_path.Count > 0)
        {
            Level level = _path[^1];
            if (level.Next == level.Count)
            {
                _path.RemoveAt(_path.Count - 1);
                continue;
            }
            _path[^1] = level with { Next = level.Next + 1 };
            Enter(level.Child);
        }
    }

    private void Enter(CheckpointValue value)
    {
        if (++_nodes > Nodes) throw PickleThrow.TreeLimit(_file, $"more than {Nodes:N0} values when shared ones are counted each time");
        switch (value)
        {
            case PickleWorkValue: throw PickleThrow.NoData(_file, Name());
            case TensorValue tensor: Add(tensor.View); break;
            case DictionaryValue or SequenceValue: Descend(value); break;
        }
    }

    private void Descend(CheckpointValue container)
    {
        foreach (Level level in _path)                                        // no lambda: four million closures would be 250 MB
        {
            if (ReferenceEquals(level.Container, container)) throw PickleThrow.TreeLimit(_file, "a container that holds itself");
        }
        if (_path.Count == Levels) throw PickleThrow.TreeLimit(_file, $"more than {Levels} levels of containers");
        _path.Add(new Level(container, 0));
    }

    private void Add(TensorView view)
    {
        _denseBytes += long.Min(view.ByteCount, _denseLimit + 1);             // the sum cannot overflow: it is compared at once
        if (_denseBytes > _denseLimit) throw PickleThrow.TreeLimit(_file, $"more than {_denseLimit:N0} bytes of tensors when each is made dense");
        string name = Name();
        _nameCharacters += name.Length;
        if (_nameCharacters > NameCharacters) throw PickleThrow.TreeLimit(_file, $"tensor names of more than {NameCharacters:N0} characters");
        _tensors.Add(new CheckpointTensor(name, view, _file));
    }

    private string Name() => string.Join('.', _path.Select(level => level.Key));

    /// <summary>A container on the way from the root, and the child that comes next.</summary>
    private readonly record struct Level(CheckpointValue Container, int Next)
    {
        public int Count => Container is DictionaryValue dictionary ? dictionary.Count : ((SequenceValue)Container).Count;

        /// <summary>The key or index of the child that was entered last.</summary>
        public string Key => Container is DictionaryValue dictionary
            ? dictionary.Items[Next - 1].Key.ToString()
            : (Next - 1).ToString(CultureInfo.InvariantCulture);

        public CheckpointValue Child => Container is DictionaryValue dictionary ? dictionary.Items[Next].Value : ((SequenceValue)Container)[Next];
    }
}
