namespace Fovea.Checkpoints;

/// <summary>A value of the tree that a `.pt` file holds. The set is closed: the sealed types of this folder, matched by pattern:
/// <c>root is DictionaryValue d &amp;&amp; d.Find("task") is TextValue { Text: var task }</c>.</summary>
/// <remarks>A finished tree has no cycles, at most 64 levels, and shared parts are the same object.</remarks>
internal abstract class CheckpointValue
{
    private protected CheckpointValue()
    {
    }
}

/// <summary>None.</summary>
internal sealed class NullValue : CheckpointValue
{
    public static NullValue Instance { get; } = new();
}

/// <summary>True or False.</summary>
internal sealed class BooleanValue : CheckpointValue
{
    private BooleanValue(bool value) => Value = value;

    public static BooleanValue True { get; } = new(true);

    public static BooleanValue False { get; } = new(false);

    public bool Value { get; }
}

/// <summary>An integer of 64 bits.</summary>
internal sealed class IntegerValue(long value) : CheckpointValue
{
    public long Value { get; } = value;
}

/// <summary>A float, bit for bit.</summary>
internal sealed class NumberValue(double value) : CheckpointValue
{
    public double Value { get; } = value;
}

/// <summary>A string.</summary>
internal sealed class TextValue(string text) : CheckpointValue
{
    public string Text { get; } = text;
}

/// <summary>torch.Size: the shape of something.</summary>
internal sealed class SizeValue(TensorShape shape) : CheckpointValue
{
    public TensorShape Shape { get; } = shape;
}

/// <summary>torch.device: `cpu`, `cuda:1`. It says where the writer kept something and has no effect here.</summary>
internal sealed class DeviceValue(string device) : CheckpointValue
{
    public string Device { get; } = device;
}

/// <summary>torch.float32 and its like.</summary>
internal sealed class DtypeValue(ElementType type) : CheckpointValue
{
    public ElementType Type { get; } = type;
}

/// <summary>A tensor; the same storage object means shared memory.</summary>
internal sealed class TensorValue(TensorView view) : CheckpointValue
{
    public TensorView View { get; } = view;
}
