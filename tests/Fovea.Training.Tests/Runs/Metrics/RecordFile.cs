using System.Buffers.Binary;
using Tensorboard;

namespace Fovea.Training.Tests.Runs.Metrics;

/// <summary>Reads TensorBoard's files by code that is not ours: Google's protobuf with the classes that TorchSharp's authors generated; the checksum bit by bit, from its polynomial.</summary>
internal static class RecordFile
{
    private const uint Castagnoli = 0x82F63B78;                                // reflected

    public static List<Event> Read(string path)
    {
        byte[] bytes = File.ReadAllBytes(path);
        List<Event> events = [];
        for (int place = 0; place < bytes.Length;)
        {
            int length = checked((int)BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(place)));
            Assert.Equal(Masked(bytes.AsSpan(place, 8)), BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(place + 8)));
            ReadOnlySpan<byte> message = bytes.AsSpan(place + 12, length);
            Assert.Equal(Masked(message), BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(place + 12 + length)));
            events.Add(Event.Parser.ParseFrom(message.ToArray()));
            place += 16 + length;
        }
        return events;
    }

    /// <summary>CRC-32C of "123456789" is E3069283 in every description of it.</summary>
    public static uint Crc(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in bytes)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++) crc = (crc & 1) == 0 ? crc >> 1 : crc >> 1 ^ Castagnoli;
        }
        return ~crc;
    }

    private static uint Masked(ReadOnlySpan<byte> bytes)
    {
        uint crc = Crc(bytes);
        return unchecked(((crc >> 15) | (crc << 17)) + 0xA282EAD8);
    }
}
