using System.Buffers.Binary;
using System.IO.Hashing;

namespace Fovea.Fuzz;

/// <summary>The checksums of a zip's records, which stand in its directory, in front of each record and perhaps behind it.</summary>
internal static class ZipChecksums
{
    private const int DirectoryEntry = 46, LocalHeader = 30;

    /// <summary>Writes the right checksums in place, for every entry of the directory that leads to a record; other files are left alone.</summary>
    public static byte[] Seal(byte[] file)
    {
        Span<byte> bytes = file;
        for (int from = 0; bytes[from..].IndexOf("PK\x01\x02"u8) is >= 0 and int step; from += step + 4)
        {
            if (from + step + DirectoryEntry <= bytes.Length) SealEntry(bytes, bytes[(from + step)..]);
        }
        return file;
    }

    private static void SealEntry(Span<byte> file, Span<byte> entry)
    {
        uint local = BinaryPrimitives.ReadUInt32LittleEndian(entry[42..]), length = BinaryPrimitives.ReadUInt32LittleEndian(entry[20..]);
        if (local + (long)LocalHeader > file.Length) return;
        Span<byte> header = file[(int)local..];
        long start = local + (long)LocalHeader + BinaryPrimitives.ReadUInt16LittleEndian(header[26..]) + BinaryPrimitives.ReadUInt16LittleEndian(header[28..]);
        if (start + length > file.Length) return;
        uint checksum = Crc32.HashToUInt32(file.Slice((int)start, (int)length));
        Span<byte> behind = file[(int)(start + length)..];
        BinaryPrimitives.WriteUInt32LittleEndian(entry[16..], checksum);
        if (BinaryPrimitives.ReadUInt32LittleEndian(header[14..]) != 0) BinaryPrimitives.WriteUInt32LittleEndian(header[14..], checksum);
        if (behind.Length >= 8 && behind.StartsWith("PK\x07\x08"u8)) BinaryPrimitives.WriteUInt32LittleEndian(behind[4..], checksum);
    }
}
