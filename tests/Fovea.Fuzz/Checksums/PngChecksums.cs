using System.Buffers.Binary;
using Fovea.Images;
using Fovea.Tests.Images;

namespace Fovea.Fuzz;

/// <summary>The checksum behind each chunk of a PNG file.</summary>
internal static class PngChecksums
{
    private const int Frame = 12;

    /// <summary>Writes the right checksums in place, as far as the chunks' lengths lead; other formats are left alone.</summary>
    public static byte[] Seal(byte[] file)
    {
        if (!file.AsSpan().StartsWith(PngHeader.Signature)) return file;
        for (int start = PngHeader.Signature.Length; start + Frame <= file.Length;)
        {
            long end = start + (long)Frame + BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(start));
            if (end > file.Length) break;
            PngWriter.Seal(file.AsSpan(start + 4, (int)end - start - 4));
            start = (int)end;
        }
        return file;
    }
}
