using System.Buffers.Binary;
using System.Text;

namespace Fovea.Cli.Outputs;

/// <summary>The beginning of a .npy file, version 1.0, as numpy documents it (numpy.lib.format): a magic word, a length, a Python dictionary in ASCII.</summary>
internal static class NpyHeader
{
    /// <summary>Length of every header with at most four dimensions; data begin there, on a boundary that any vector register likes.</summary>
    public const int Length = 128;

    private const int PrefixLength = 10;                     // magic word, version, length of the dictionary

    private static readonly byte[] MagicAndVersion = [0x93, .. "NUMPY"u8, 1, 0];

    /// <summary>The header of a C-ordered array.</summary>
    /// <param name="type">numpy's name of the element type: `&lt;f4`, `&lt;U12`.</param>
    /// <param name="shape">Dimensions, outermost first.</param>
    /// <returns><see cref="Length"/> bytes, or the next multiple of 64 that holds the shape.</returns>
    public static byte[] Write(string type, params ReadOnlySpan<long> shape)
    {
        string dimensions = string.Join(", ", shape.ToArray()) + (shape.Length == 1 ? "," : "");     // Python's tuple of one has a comma
        string dictionary = $"{{'descr': '{type}', 'fortran_order': False, 'shape': ({dimensions}), }}";

        int length = int.Max(Length, (PrefixLength + dictionary.Length + 1 + 63) / 64 * 64);
        byte[] header = new byte[length];
        MagicAndVersion.CopyTo(header, 0);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(MagicAndVersion.Length), (ushort)(length - PrefixLength));
        header.AsSpan(PrefixLength).Fill((byte)' ');
        Encoding.ASCII.GetBytes(dictionary, header.AsSpan(PrefixLength));
        header[^1] = (byte)'\n';
        return header;
    }
}
