using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;

namespace Fovea.Images;

/// <summary>Walks the chunks of a PNG, each length held against what is left and the checksum of those that matter against their bytes.</summary>
internal ref struct PngChunks
{
    private const int Frame = 12;                                              // length, type and checksum around the content

    private readonly string _name;
    private ReadOnlySpan<byte> _rest;

    public PngChunks(ReadOnlySpan<byte> encoded, string name)
    {
        if (!encoded.StartsWith(PngHeader.Signature)) throw ImageThrow.NotAPicture(name);
        _rest = encoded[PngHeader.Signature.Length..];
        _name = name;
    }

    /// <summary>Four letters: `IHDR`, `PLTE`, `IDAT`, `IEND` or one that may be ignored.</summary>
    public ReadOnlySpan<byte> Type { get; private set; }

    public ReadOnlySpan<byte> Content { get; private set; }

    /// <summary>Goes to the next chunk; false behind the last.</summary>
    public bool Next()
    {
        if (_rest.IsEmpty || Type.SequenceEqual("IEND"u8)) return false;
        if (_rest.Length < Frame) throw ImageThrow.CutOff(_name);
        uint length = BinaryPrimitives.ReadUInt32BigEndian(_rest);
        if (length > _rest.Length - Frame) throw ImageThrow.CutOff(_name);
        Type = _rest.Slice(4, 4);
        Content = _rest.Slice(8, (int)length);
        bool isCritical = (Type[0] & 0x20) == 0;                               // a capital letter
        if (isCritical && Crc32.HashToUInt32(_rest.Slice(4, 4 + (int)length)) != BinaryPrimitives.ReadUInt32BigEndian(_rest[(8 + (int)length)..]))
        {
            throw ImageThrow.Damaged(_name, $"the checksum of its PNG chunk {Encoding.Latin1.GetString(Type)} is wrong");
        }
        _rest = _rest[(Frame + (int)length)..];
        return true;
    }
}
