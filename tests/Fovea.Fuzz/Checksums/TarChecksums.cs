using System.Text;
using Fovea.Images;

namespace Fovea.Fuzz;

/// <summary>The checksum in each header of a tar archive.</summary>
internal static class TarChecksums
{
    private const int Start = 148, Length = 8, Type = 156;

    /// <summary>Writes the right checksums in place, into every block that may be a header.</summary>
    public static byte[] Seal(byte[] archive)
    {
        for (int start = 0; start + TarHeader.Bytes <= archive.Length; start += TarHeader.Bytes)
        {
            Span<byte> block = archive.AsSpan(start, TarHeader.Bytes);
            if (!MayBeHeader(block)) continue;
            block.Slice(Start, Length).Fill((byte)' ');
            int sum = 0;
            foreach (byte value in block) sum += value;
            Encoding.ASCII.GetBytes(Convert.ToString(sum, 8).PadLeft(6, '0') + "\0", block[Start..]);
        }
        return archive;
    }

    // A header has a blank or a zero behind its old checksum; content is short, and zeros follow it.
    private static bool MayBeHeader(ReadOnlySpan<byte> block) => block.Slice(Start, Length).ContainsAnyInRange((byte)'0', (byte)'7') && block[Type] < 128;
}
