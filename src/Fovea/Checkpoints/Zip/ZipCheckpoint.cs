using System.Globalization;
using System.IO.Hashing;
using System.Text;

namespace Fovea.Checkpoints;

/// <summary>A `.pt` file as PyTorch has written it since 1.6: a zip of one pickle and the bytes of its storages.</summary>
internal sealed class ZipCheckpoint : IPickleStorages
{
    private readonly MappedFile _file;
    private readonly Dictionary<string, ZipRecord> _records;
    private readonly Dictionary<string, StorageValue> _storages = [];
    private readonly bool _isBigEndian;

    private ZipCheckpoint(MappedFile file, FileBytes bytes)
    {
        _file = file;
        _records = ZipDirectory.Read(new ZipBytes(bytes, file.Path));
        ZipRecord version = Record(".data/version") ?? Record("version") ?? throw Bad("the record 'version' is missing");
        if (!IsVersion(Text(bytes, version, 5))) throw Bad("its version is none from 1 to 10");
        if (Record("byteorder") is ZipRecord order)
        {
            string text = Text(bytes, order, 6);
            if (text is not ("little" or "big")) throw Bad("its byte order is neither little nor big");
            _isBigEndian = text == "big";
        }
    }

    /// <summary>Reads the pickle; storages stay where they are in the file.</summary>
    public static CheckpointValue Read(MappedFile file, FileBytes bytes)
    {
        ZipCheckpoint container = new(file, bytes);
        ZipRecord record = container.Record("data.pkl") ?? throw container.Bad("the record 'data.pkl' is missing");
        if (record.Length > PickleMachine.LargestLength) throw container.Bad($"its pickle has {record.Length:N0} bytes, more than {PickleMachine.LargestLength:N0}");
        ReadOnlySpan<byte> pickle = container.Verified(bytes, record);
        PickleMachine machine = new(pickle, file.Path, "data.pkl", container);
        CheckpointValue root = machine.Run();
        return machine.Length == pickle.Length ? root : throw PickleThrow.Trailing(new PicklePlace(file.Path, "data.pkl", machine.Length));
    }

    public StorageValue Find(CheckpointValue id, PicklePlace place)
    {
        PersistentId wanted = PersistentId.Read(id, 5, place);
        if (_storages.TryGetValue(wanted.Key, out StorageValue? known))
        {
            return known.Class == wanted.Class && known.Count == wanted.Count
                ? known
                : throw PickleThrow.BadPersistentId(place, $"storage {wanted.Key} was another before");
        }
        if (Record($"data/{wanted.Key}") is not ZipRecord record) throw PickleThrow.BadPersistentId(place, $"the file has no storage {wanted.Key}");
        if (record.Length != wanted.Length) throw PickleThrow.BadPersistentId(place, $"storage {wanted.Key} has {record.Length:N0} bytes instead of {wanted.Length:N0}");
        TensorStorage storage = new(_file, record.Name, record.Length)
        {
            Offset = record.Start,
            Checksum = record.Checksum,
            SwappedUnit = _isBigEndian ? wanted.Class.SwappedUnit : 1,
        };
        return _storages[wanted.Key] = new StorageValue(wanted.Class, storage, 0, wanted.Count);
    }

    private ZipRecord? Record(string name) => _records.TryGetValue(name, out ZipRecord record) ? record : null;

    private string Text(FileBytes bytes, ZipRecord record, int longest) => record.Length <= longest
        ? Encoding.ASCII.GetString(Verified(bytes, record))
        : throw Bad($"the record '{record.Name}' is too long");

    private ReadOnlySpan<byte> Verified(FileBytes bytes, ZipRecord record)
    {
        ReadOnlySpan<byte> content = bytes.Span(record.Start, (int)record.Length);
        uint found = Crc32.HashToUInt32(content);
        return found == record.Checksum ? content : throw CheckpointThrow.WrongChecksum(_file.Path, record.Name, found, record.Checksum);
    }

    private static bool IsVersion(string text)
    {
        string digits = text.EndsWith('\n') ? text[..^1] : text;
        return digits.Length is >= 1 and <= 4 && digits.All(char.IsAsciiDigit) &&
            int.Parse(digits, CultureInfo.InvariantCulture) is >= 1 and <= 10;
    }

    private CheckpointException Bad(string what) => CheckpointThrow.BadContainer(_file.Path, what);
}
