namespace Fovea.Checkpoints;

/// <summary>The numbers of tensors as a network takes them.</summary>
internal static class TensorValues
{
    /// <summary>The tensor's numbers as they lie in the file if that has them as dense, aligned float32, else as float32 in memory.</summary>
    /// <exception cref="CheckpointException">The type has no float32 values, or the bytes are damaged.</exception>
    public static unsafe Weight WeightOf(CheckpointTensor tensor)
    {
        bool isMapped = tensor.ElementType == ElementType.Float32 && tensor.View.ElementCount is > 0 and <= int.MaxValue;
        return isMapped && tensor.View.TryMap(out FileBytes bytes) && (nuint)bytes.Start % sizeof(float) == 0
            ? new Weight(tensor.Shape, new MappedValues<float>(bytes).Memory)
            : new Weight(tensor.Shape, tensor.ReadFloats());
    }

    /// <summary>A matrix of bytes as it lies in the file.</summary>
    /// <param name="values">int8, [inputs, outputs], below 2^31 numbers.</param>
    /// <param name="scales">float32, [outputs].</param>
    public static QuantizedMatrix MatrixOf(CheckpointTensor values, CheckpointTensor scales)
    {
        values.View.TryMap(out FileBytes bytes);
        return new QuantizedMatrix((int)values.Shape[0], (int)values.Shape[1], new MappedValues<sbyte>(bytes).Memory, WeightOf(scales).Values);
    }
}
