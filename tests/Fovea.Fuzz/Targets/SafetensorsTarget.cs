using System.Buffers.Binary;

namespace Fovea.Fuzz;

/// <summary>`.safetensors` files: a length, a JSON object, bytes.</summary>
internal sealed class SafetensorsTarget() : CheckpointTarget("safetensors")
{
    private const int LengthBytes = 8;

    public override string Name => "safetensors";

    // No checksum here; but a length that does not end at the object's brace hides every other change.
    internal override byte[] Seal(byte[] input, Random random)
    {
        int end = input.AsSpan().LastIndexOf((byte)'}') + 1;
        if (end <= LengthBytes) return input;
        while (end < input.Length && input[end] == ' ') end++;
        BinaryPrimitives.WriteInt64LittleEndian(input, end - LengthBytes);
        return input;
    }
}
