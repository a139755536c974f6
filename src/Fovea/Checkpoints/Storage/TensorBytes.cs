using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Fovea.Checkpoints;

/// <summary>Reads the bytes of a <see cref="TensorView"/>: dense, row-major, little-endian, however they lie in the file.</summary>
internal static class TensorBytes
{
    private const int Piece = 1 << 20;                                        // a multiple of every element size

    /// <summary>The tensor's bytes in the mapped file itself, when they lie there dense and little-endian.</summary>
    /// <remarks>They stay readable until the checkpoint is disposed, which the caller has to see to; they need not be aligned.</remarks>
    public static bool TryMap(this TensorView view, out FileBytes bytes)
    {
        bytes = default;
        if (!view.IsDense || view.Storage.SwappedUnit != 1) return false;
        using MappedFile.Lease lease = view.Storage.File.Read();
        bytes = Dense(view, view.Storage.Read(lease));
        return true;
    }

    /// <summary>Fills <paramref name="destination"/> from byte <paramref name="offset"/> of the dense tensor; both are whole elements.</summary>
    public static void CopyTo(this TensorView view, long offset, Span<byte> destination)
    {
        if (destination.IsEmpty) return;
        using MappedFile.Lease lease = view.Storage.File.Read();
        FileBytes storage = view.Storage.Read(lease);
        if (view.IsDense) Dense(view, storage).Span(offset, destination.Length).CopyTo(destination);
        else StridedCopy.Gather(storage, view, offset / view.ElementSize, destination);
        ReverseUnits(destination, view.Storage.SwappedUnit);
    }

    /// <summary>Writes the dense tensor, piece by piece.</summary>
    public static void WriteTo(this TensorView view, Stream stream)
    {
        long length = view.ByteCount;
        byte[] piece = ArrayPool<byte>.Shared.Rent((int)long.Min(length, Piece));
        try
        {
            for (long offset = 0; offset < length; offset += Piece)
            {
                Span<byte> part = piece.AsSpan(0, (int)long.Min(Piece, length - offset));
                view.CopyTo(offset, part);
                stream.Write(part);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(piece);
        }
    }

    private static FileBytes Dense(TensorView view, FileBytes storage)
    {
        long length = view.ByteCount;
        return length == 0 ? storage.Slice(0, 0) : storage.Slice(view.Offset * view.ElementSize, length);   // an empty view may point past the end
    }

    private static void ReverseUnits(Span<byte> bytes, int unit)
    {
        Span<ushort> twos = MemoryMarshal.Cast<byte, ushort>(bytes);
        Span<uint> fours = MemoryMarshal.Cast<byte, uint>(bytes);
        Span<ulong> eights = MemoryMarshal.Cast<byte, ulong>(bytes);
        switch (unit)
        {
            case 2: BinaryPrimitives.ReverseEndianness(twos, twos); break;
            case 4: BinaryPrimitives.ReverseEndianness(fours, fours); break;
            case 8: BinaryPrimitives.ReverseEndianness(eights, eights); break;
        }
    }
}
