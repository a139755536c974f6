using System.Text;

namespace Fovea.Images;

/// <summary>One block of 512 bytes in front of a tar member; USTAR, GNU and the older form without a magic.</summary>
internal readonly ref struct TarHeader(ReadOnlySpan<byte> block)
{
    public const int Bytes = 512;

    private const int ChecksumStart = 148, ChecksumLength = 8;

    private readonly ReadOnlySpan<byte> _block = block;

    /// <summary>A block of zeros: the end of the archive.</summary>
    public bool IsEnd => !_block.ContainsAnyExcept((byte)0);

    /// <summary>What the member is; `\0` and `0` are files.</summary>
    public char Type => (char)_block[156];

    /// <summary>Whether blocks of a sparse file's map follow (GNU).</summary>
    public bool HasMoreMap => _block[482] != 0;

    /// <summary>The name, with the prefix that USTAR keeps apart; GNU has other fields in its place.</summary>
    public string Name
    {
        get
        {
            string name = Text(_block[..100]), prefix = _block[257..].StartsWith("ustar\0"u8) ? Text(_block.Slice(345, 155)) : "";
            return prefix.Length == 0 ? name : $"{prefix}/{name}";
        }
    }

    /// <summary>Whether the checksum fits; some old programs summed signed bytes.</summary>
    public bool IsIntact
    {
        get
        {
            if (!TryNumber(_block.Slice(ChecksumStart, ChecksumLength), out long written)) return false;
            long unsigned = ChecksumLength * ' ', signed = unsigned;
            for (int i = 0; i < Bytes; i++)
            {
                if (i is >= ChecksumStart and < ChecksumStart + ChecksumLength) continue;
                unsigned += _block[i];
                signed += (sbyte)_block[i];
            }
            return written == unsigned || written == signed;
        }
    }

    /// <summary>Bytes of content.</summary>
    public bool TryGetSize(out long size) => TryNumber(_block.Slice(124, 12), out size);

    /// <summary>Text up to its first zero.</summary>
    public static string Text(ReadOnlySpan<byte> field)
    {
        int end = field.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? field : field[..end]);
    }

    // Octal digits between blanks or zeros; or, where 8 GB are not enough, GNU's big-endian number behind a set high bit.
    private static bool TryNumber(ReadOnlySpan<byte> field, out long number)
    {
        number = 0;
        if (field[0] == 0x80)
        {
            foreach (byte digit in field[1..])
            {
                if (number >> 55 != 0) return false;
                number = number << 8 | digit;
            }
            return true;
        }
        foreach (byte digit in field.Trim(" \0"u8))
        {
            if (digit is < (byte)'0' or > (byte)'7') return false;
            number = number << 3 | (uint)(digit - '0');          // 12 digits are 36 bits
        }
        return true;
    }
}
