namespace Fovea.Checkpoints;

/// <summary>Why a pickle is refused, one sentence each.</summary>
internal static class PickleThrow
{
    private const string NotOurs = "if you trust its origin, load it where it was made and save its state dict again";

    public static CheckpointException OtherProtocol(PicklePlace place) => Damaged(place, "it is no pickle of protocol 2, the only one that PyTorch writes");

    public static CheckpointException Truncated(PicklePlace place) => Damaged(place, "it ends in the middle of an instruction");

    public static CheckpointException Trailing(PicklePlace place) => Damaged(place, "bytes follow its end");

    public static CheckpointException UnknownOpcode(PicklePlace place, byte opcode) =>
        new($"{place}: instruction 0x{opcode:X2} is not one that saved weights need; {NotOurs}.");

    public static CheckpointException ForbiddenGlobal(PicklePlace place, string module, string name) =>
        new($"{place}: it asks for '{module}.{name}', which is code or a kind of tensor that is not read; nothing was run; {NotOurs}.");

    public static CheckpointException NotCallable(PicklePlace place) => Damaged(place, "it calls something that is no function");

    public static CheckpointException BadArguments(PicklePlace place, string function) => Damaged(place, $"{function} has arguments that PyTorch does not write");

    public static CheckpointException BadAttributes(PicklePlace place) => Damaged(place, "attributes of a dictionary must be a dictionary with string keys");

    public static CheckpointException BadKey(PicklePlace place) => Damaged(place, "a key of a dictionary is neither string nor integer");

    public static CheckpointException DuplicateKey(PicklePlace place, DictionaryKey key) => Damaged(place, $"the key '{Short(key.ToString())}' comes twice");

    public static CheckpointException OddItems(PicklePlace place) => Damaged(place, "a dictionary gets a key without a value");

    public static CheckpointException WrongTarget(PicklePlace place, string opcode, string needed) => Damaged(place, $"{opcode} needs {needed}");

    public static CheckpointException BadLine(PicklePlace place) => Damaged(place, "a name is no ASCII line of at most 256 characters");

    public static CheckpointException BadUtf8(PicklePlace place) => Damaged(place, "a string is not valid UTF-8");

    public static CheckpointException LongString(PicklePlace place, uint length, int limit) =>
        Damaged(place, $"a string of {length:N0} bytes is longer than the {limit:N0} that are read");

    public static CheckpointException LargeInteger(PicklePlace place, int length) => Damaged(place, $"an integer of {length} bytes does not fit 64 bits");

    public static CheckpointException MemoIndex(PicklePlace place, uint index) => Damaged(place, $"memo index {index:N0} is beyond the limit");

    public static CheckpointException MemoUnset(PicklePlace place, uint index) => Damaged(place, $"memo index {index:N0} was never set");

    public static CheckpointException NoMark(PicklePlace place) => Damaged(place, "a mark is missing");

    public static CheckpointException StackUnderflow(PicklePlace place) => Damaged(place, "an instruction takes more than there is");

    public static CheckpointException StackAtStop(PicklePlace place, int items) => Damaged(place, $"{items} values are left at its end; there must be one");

    public static CheckpointException Limit(PicklePlace place, string what, long limit) => Damaged(place, $"more than {limit:N0} {what}");

    public static CheckpointException Overflow(PicklePlace place, string what) => Damaged(place, $"{what} does not fit 64 bits");

    public static CheckpointException BadPersistentId(PicklePlace place, string why) => Damaged(place, $"the id of a storage is wrong: {why}");

    public static CheckpointException BadTensor(PicklePlace place, string what) => Damaged(place, $"a tensor with {what}");

    public static CheckpointException OutsideStorage(PicklePlace place, long last, long available) =>
        Damaged(place, $"a tensor reaches to element {last:N0} of a storage of {available:N0}");

    public static CheckpointException TreeLimit(string file, string what) => new($"{file}: its content has {what}, so it is no checkpoint of weights; {NotOurs}.");

    public static CheckpointException NoData(string file, string name) =>
        new($"{file}: the value at '{Short(name)}' is a function, a storage or a storage class and no data; {NotOurs}.");

    private static CheckpointException Damaged(PicklePlace place, string what) => new($"{place}: {what}; the file is damaged or was made by another program.");

    private static string Short(string text) => text.Length <= 80 ? text : text[..80] + "...";
}
