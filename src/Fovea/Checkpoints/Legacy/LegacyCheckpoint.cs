using System.Buffers.Binary;

namespace Fovea.Checkpoints;

/// <summary>A `.pt` file from before PyTorch 1.6: five pickles one after the other, then the bytes of the storages.</summary>
/// <remarks>The tensors come before their storages, so storages learn their place in the file last.</remarks>
internal sealed class LegacyCheckpoint : IPickleStorages
{
    private readonly MappedFile _file;
    private readonly Dictionary<string, (PersistentId Id, TensorStorage Storage)> _roots = [];
    private readonly Dictionary<string, StorageValue> _whole = [];

    private LegacyCheckpoint(MappedFile file) => _file = file;

    /// <summary>The pickle of the magic number, compared byte by byte: the number does not fit 64 bits.</summary>
    public static ReadOnlySpan<byte> Magic => [0x80, 0x02, 0x8A, 0x0A, 0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19, 0x2E];

    private static ReadOnlySpan<byte> Protocol1001 => [0x80, 0x02, 0x4D, 0xE9, 0x03, 0x2E];

    public static CheckpointValue Read(MappedFile file, FileBytes bytes)
    {
        LegacyCheckpoint container = new(file);
        long position = Magic.Length;
        if (!bytes.Holds(position, Protocol1001.Length) || !bytes.Span(position, Protocol1001.Length).SequenceEqual(Protocol1001))
        {
            throw container.Bad("its protocol version is not 1001");
        }
        position += Protocol1001.Length;
        CheckSystem(container.Pickle(bytes, ref position, "system information", new NoPickleStorages()), container);
        CheckpointValue root = container.Pickle(bytes, ref position, "object", container);
        CheckpointValue keys = container.Pickle(bytes, ref position, "storage keys", new NoPickleStorages());
        container.PlaceStorages(bytes, position, keys);
        return root;
    }

    public StorageValue Find(CheckpointValue id, PicklePlace place)
    {
        PersistentId wanted = PersistentId.Read(id, 6, place);
        if (!_roots.TryGetValue(wanted.Key, out (PersistentId Id, TensorStorage Storage) root))
        {
            root = (wanted, new TensorStorage(_file, $"storage {wanted.Key}", wanted.Length));
            _roots.Add(wanted.Key, root);
        }
        if (root.Id.Class != wanted.Class || root.Id.Count != wanted.Count) throw PickleThrow.BadPersistentId(place, $"storage {wanted.Key} was another before");
        return wanted.View switch
        {
            NullValue => WholeStorage(wanted, root.Storage),
            TupleValue and [TextValue { Text: var key }, IntegerValue { Value: >= 0 and var offset }, IntegerValue { Value: >= 0 and var size }]
                when PersistentId.IsKey(key) && offset <= wanted.Count && size <= wanted.Count - offset =>
                new StorageValue(wanted.Class, root.Storage, offset, size),
            _ => throw PickleThrow.BadPersistentId(place, "its view is no part of the storage"),
        };
    }

    private StorageValue WholeStorage(PersistentId id, TensorStorage storage)
    {
        if (!_whole.TryGetValue(id.Key, out StorageValue? known)) _whole.Add(id.Key, known = new StorageValue(id.Class, storage, 0, id.Count));
        return known;
    }

    private CheckpointValue Pickle(FileBytes bytes, ref long position, string part, IPickleStorages storages)
    {
        int length = (int)long.Min(bytes.Length - position, PickleMachine.LargestLength);
        PickleMachine machine = new(bytes.Span(position, length), _file.Path, part, storages);
        CheckpointValue value = machine.Run();
        position += machine.Length;
        return value;
    }

    private static void CheckSystem(CheckpointValue value, LegacyCheckpoint container)
    {
        if (value is not DictionaryValue system || system.Find("protocol_version") is not IntegerValue { Value: 1001 })
        {
            throw container.Bad("its system information is not that of protocol 1001");
        }
        if (system.Find("little_endian") is not BooleanValue { Value: true }) throw container.Bad("it was written on a big-endian machine");
    }

    private void PlaceStorages(FileBytes bytes, long position, CheckpointValue value)
    {
        if (value is not ListValue keys || keys.Count != _roots.Count) throw Bad("its list of storages does not fit its tensors");
        HashSet<string> placed = [];
        foreach (CheckpointValue item in keys.Items)
        {
            if (item is not TextValue { Text: var key } || !_roots.TryGetValue(key, out (PersistentId Id, TensorStorage Storage) root) || !placed.Add(key))
            {
                throw Bad("its list of storages does not fit its tensors");
            }
            if (!bytes.Holds(position, sizeof(long))) throw Bad($"it ends before storage {key}");
            long count = BinaryPrimitives.ReadInt64LittleEndian(bytes.Span(position, sizeof(long)));
            position += sizeof(long);
            if (count != root.Id.Count) throw Bad($"storage {key} has {count:N0} elements instead of {root.Id.Count:N0}");
            if (!bytes.Holds(position, root.Id.Length)) throw Bad($"it ends inside storage {key}");
            root.Storage.Offset = position;
            position += root.Id.Length;
        }
        if (position != bytes.Length) throw Bad($"{bytes.Length - position:N0} bytes follow its last storage");
    }

    private CheckpointException Bad(string what) => CheckpointThrow.BadContainer(_file.Path, what);
}
