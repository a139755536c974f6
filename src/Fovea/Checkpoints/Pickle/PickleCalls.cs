namespace Fovea.Checkpoints;

/// <summary>What the allowed functions do. Each takes exactly the arguments that PyTorch writes; anything else is refused.</summary>
internal static class PickleCalls
{
    private const int LongestDeviceType = 64;

    public static CheckpointValue Call(PickleFunction function, TupleValue arguments, PicklePlace place) => function switch
    {
        PickleFunction.OrderedDict when arguments is [] => new DictionaryValue(isOrderedDict: true),
        PickleFunction.Counter when arguments is [DictionaryValue counts] => counts,
        PickleFunction.Size when arguments is [TupleValue size] => new SizeValue(new TensorShape(TensorRebuild.Dimensions(size, "size", place))),
        PickleFunction.Device when arguments is [TextValue { Text.Length: <= LongestDeviceType } type] => new DeviceValue(type.Text),
        PickleFunction.Device when arguments is [TextValue { Text.Length: <= LongestDeviceType } type, IntegerValue { Value: >= 0 } index] =>
            new DeviceValue($"{type.Text}:{index.Value}"),
        PickleFunction.RebuildTensor or PickleFunction.RebuildTensorV2 or PickleFunction.RebuildTensorV3 =>
            new TensorValue(TensorRebuild.Tensor(function, arguments, place)),
        PickleFunction.RebuildParameter => new TensorValue(TensorRebuild.Parameter(arguments, place)),
        _ => throw PickleThrow.BadArguments(place, function.ToString()),
    };
}
