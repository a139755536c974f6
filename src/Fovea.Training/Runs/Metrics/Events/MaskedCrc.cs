using System.Numerics;

namespace Fovea.Training.Runs.Metrics;

/// <summary>The checksum of TensorFlow's record files: CRC-32C (Castagnoli), rotated and shifted so that a checksum over checksums does not cancel out.</summary>
internal static class MaskedCrc
{
    private const uint MaskDelta = 0xA282EAD8;

    /// <summary>Of some bytes.</summary>
    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in bytes) crc = BitOperations.Crc32C(crc, value);
        return BitOperations.RotateRight(~crc, 15) + MaskDelta;
    }
}
