using System.Runtime.InteropServices;

namespace Fovea.Checkpoints;

/// <summary>Runs one pickle of protocol 2 and returns the value it builds. It knows containers, numbers, strings and tensors; it can call nothing else.</summary>
/// <remarks>Opcodes as in Python's pickletools, the reduced set of <see cref="PickleOpcode"/>. No recursion: depth costs list entries, never stack.</remarks>
internal ref struct PickleMachine
{
    /// <summary>Bytes of one pickle; those of checkpoints have thousands.</summary>
    public const int LargestLength = 64 << 20;

    private const int StackItems = 4_194_304;
    private const int Opcodes = 33_554_432;
    private const long MemoryOfValues = 192L << 20;

    private readonly IPickleStorages _storages;
    private readonly List<CheckpointValue> _stack = [];
    private readonly List<int> _marks = [];
    private readonly PickleMemo _memo = new();
    private PickleBytes _bytes;
    private long _memory;

    /// <param name="bytes">Begins with the pickle; more may follow it.</param>
    /// <param name="file">For messages.</param>
    /// <param name="part">What the pickle is called in messages.</param>
    /// <param name="storages">Gives the storages that persistent ids name.</param>
    public PickleMachine(ReadOnlySpan<byte> bytes, string file, string part, IPickleStorages storages)
    {
        _bytes = new PickleBytes(bytes, file, part);
        _storages = storages;
    }

    /// <summary>Length of the pickle, after <see cref="Run"/>.</summary>
    public readonly int Length => _bytes.Position;

    /// <exception cref="CheckpointException">The pickle is damaged, beyond a limit, or uses what no checkpoint of weights needs.</exception>
    public CheckpointValue Run()
    {
        if (_bytes.ReadByte() != (byte)PickleOpcode.Proto || _bytes.ReadByte() != 2) throw PickleThrow.OtherProtocol(_bytes.Place);
        for (int executed = 0; executed < Opcodes; executed++)
        {
            PickleOpcode opcode = (PickleOpcode)_bytes.ReadByte();
            if (opcode == PickleOpcode.Stop)
            {
                return _stack.Count == 1 && _marks.Count == 0 ? _stack[0] : throw PickleThrow.StackAtStop(_bytes.Place, _stack.Count + _marks.Count);
            }
            Execute(opcode);
        }
        throw PickleThrow.Limit(_bytes.Place, "opcodes", Opcodes);
    }

    private void Execute(PickleOpcode opcode)
    {
        switch (opcode)
        {
            case PickleOpcode.Mark: PushMark(); break;
            case PickleOpcode.None: Push(NullValue.Instance, 0); break;
            case PickleOpcode.NewTrue: Push(BooleanValue.True, 0); break;
            case PickleOpcode.NewFalse: Push(BooleanValue.False, 0); break;
            case PickleOpcode.BinInt1: PushInteger(_bytes.ReadByte()); break;
            case PickleOpcode.BinInt2: PushInteger(_bytes.ReadUInt16()); break;
            case PickleOpcode.BinInt: PushInteger(_bytes.ReadInt32()); break;
            case PickleOpcode.Long1: PushInteger(_bytes.ReadLong()); break;
            case PickleOpcode.BinFloat: Push(new NumberValue(_bytes.ReadDouble()), 24); break;
            case PickleOpcode.BinUnicode: PushText(_bytes.ReadString()); break;
            case PickleOpcode.EmptyTuple: Push(TupleValue.Empty, 0); break;
            case PickleOpcode.Tuple: PushTuple(TakeToMark()); break;
            case PickleOpcode.Tuple1: PushTuple(Take(1)); break;
            case PickleOpcode.Tuple2: PushTuple(Take(2)); break;
            case PickleOpcode.Tuple3: PushTuple(Take(3)); break;
            case PickleOpcode.EmptyList: Push(new ListValue(), 32); break;
            case PickleOpcode.Append: Append(Take(1)); break;
            case PickleOpcode.Appends: Append(TakeToMark()); break;
            case PickleOpcode.EmptyDict: Push(new DictionaryValue(isOrderedDict: false), 32); break;
            case PickleOpcode.SetItem: SetItems(Take(2)); break;
            case PickleOpcode.SetItems: SetItems(TakeToMark()); break;
            case PickleOpcode.BinPut: Remember(_bytes.ReadByte()); break;
            case PickleOpcode.LongBinPut: Remember(_bytes.ReadUInt32()); break;
            case PickleOpcode.BinGet: Recall(_bytes.ReadByte()); break;
            case PickleOpcode.LongBinGet: Recall(_bytes.ReadUInt32()); break;
            case PickleOpcode.Global: PushGlobal(); break;
            case PickleOpcode.Reduce: Reduce(); break;
            case PickleOpcode.Build: Build(); break;
            case PickleOpcode.BinPersId: Push(_storages.Find(Take(1)[0], _bytes.Place), 96); break;
            default: throw PickleThrow.UnknownOpcode(_bytes.Place, (byte)opcode);
        }
    }

    /// <param name="value">What is pushed.</param>
    /// <param name="memory">About how many bytes were allocated for it.</param>
    private void Push(CheckpointValue value, long memory)
    {
        Charge(memory);
        if (_stack.Count + _marks.Count >= StackItems) throw PickleThrow.Limit(_bytes.Place, "stack items", StackItems);
        _stack.Add(value);
    }

    /// <summary>Counts memory, so that a pickle of millions of tiny objects is refused before it fills the machine's.</summary>
    private void Charge(long memory)
    {
        _memory += memory;
        if (_memory > MemoryOfValues) throw PickleThrow.Limit(_bytes.Place, "bytes of values", MemoryOfValues);
    }

    private void PushMark()
    {
        if (_stack.Count + _marks.Count >= StackItems) throw PickleThrow.Limit(_bytes.Place, "stack items", StackItems);
        _marks.Add(_stack.Count);
    }

    private void PushInteger(long value) => Push(new IntegerValue(value), 24);

    private void PushText(string text) => Push(new TextValue(text), 48 + 2L * text.Length);

    private void PushTuple(CheckpointValue[] items) => Push(new TupleValue(items), 48 + 8L * items.Length);

    /// <summary>The topmost <paramref name="count"/> items, none of them below the topmost mark.</summary>
    private CheckpointValue[] Take(int count)
    {
        int first = _stack.Count - count;
        if (first < (_marks.Count == 0 ? 0 : _marks[^1])) throw PickleThrow.StackUnderflow(_bytes.Place);
        CheckpointValue[] items = CollectionsMarshal.AsSpan(_stack)[first..].ToArray();
        _stack.RemoveRange(first, count);
        return items;
    }

    /// <summary>The items above the topmost mark; the mark goes too.</summary>
    private CheckpointValue[] TakeToMark()
    {
        if (_marks.Count == 0) throw PickleThrow.NoMark(_bytes.Place);
        CheckpointValue[] items = Take(_stack.Count - _marks[^1]);
        _marks.RemoveAt(_marks.Count - 1);
        return items;
    }

    private readonly CheckpointValue Top() =>
        _stack.Count > (_marks.Count == 0 ? 0 : _marks[^1]) ? _stack[^1] : throw PickleThrow.StackUnderflow(_bytes.Place);

    private void Append(CheckpointValue[] items)
    {
        if (Top() is not ListValue list) throw PickleThrow.WrongTarget(_bytes.Place, "APPEND", "a list");
        Charge(16L * items.Length);
        list.Append(items);
    }

    private void SetItems(CheckpointValue[] items)
    {
        if (Top() is not DictionaryValue dictionary) throw PickleThrow.WrongTarget(_bytes.Place, "SETITEM", "a dictionary");
        if (items.Length % 2 != 0) throw PickleThrow.OddItems(_bytes.Place);
        Charge(dictionary.Count == 0 && items.Length > 0 ? 224 : 0);          // the tables of a dictionary's first entry
        Charge(48L * items.Length);
        for (int i = 0; i < items.Length; i += 2)
        {
            DictionaryKey key = items[i] switch
            {
                TextValue text => new DictionaryKey(text.Text),
                IntegerValue integer => new DictionaryKey(integer.Value),
                _ => throw PickleThrow.BadKey(_bytes.Place),
            };
            if (!dictionary.TryAdd(key, items[i + 1])) throw PickleThrow.DuplicateKey(_bytes.Place, key);
        }
    }

    private readonly void Remember(uint index)
    {
        if (!_memo.TrySet(index, Top())) throw PickleThrow.MemoIndex(_bytes.Place, index);
    }

    private void Recall(uint index) => Push(_memo.Find(index) ?? throw PickleThrow.MemoUnset(_bytes.Place, index), 0);

    private void PushGlobal()
    {
        string module = _bytes.ReadLine(), name = _bytes.ReadLine();
        Push(PickleGlobals.Find(module, name) ?? throw PickleThrow.ForbiddenGlobal(_bytes.Place, module, name), 0);
    }

    private void Reduce()
    {
        CheckpointValue arguments = Take(1)[0], function = Take(1)[0];
        if (function is not FunctionValue { Function: var called }) throw PickleThrow.NotCallable(_bytes.Place);
        if (arguments is not TupleValue tuple) throw PickleThrow.BadArguments(_bytes.Place, called.ToString());
        CheckpointValue result = PickleCalls.Call(called, tuple, _bytes.Place);
        Push(result, result is TensorValue ? 256 : 48);
    }

    /// <summary>Attaches attributes to an object. Only what a state dict carries is allowed, and dropped: `_metadata` is no item of the dictionary.</summary>
    private void Build()
    {
        CheckpointValue state = Take(1)[0];
        if (Top() is not DictionaryValue { IsOrderedDict: true }) throw PickleThrow.WrongTarget(_bytes.Place, "BUILD", "an OrderedDict");
        if (state is not DictionaryValue attributes || attributes.Items.Any(item => item.Key.Text is null)) throw PickleThrow.BadAttributes(_bytes.Place);
    }
}
