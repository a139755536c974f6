namespace Fovea.Checkpoints;

/// <summary>The end of a zip file: where its directory lies. Nothing may follow it, and the directory must end where it begins.</summary>
internal readonly record struct ZipEnd(long Entries, long DirectoryOffset, long DirectoryEnd)
{
    private const uint EndSignature = 0x06054B50;
    private const uint LocatorSignature = 0x07064B50;
    private const uint End64Signature = 0x06064B50;
    private const int EndSize = 22;
    private const int LocatorSize = 20;
    private const int End64Size = 56;
    private const int MostEntries = 262_144;

    public static ZipEnd Read(ZipBytes bytes)
    {
        long position = bytes.Length - EndSize;
        if (position < 0 || bytes.UInt32(position) != EndSignature || bytes.UInt16(position + 20) != 0)
        {
            throw Bad(bytes, "the end of the zip file is missing: it is cut off, or something follows it");
        }
        ulong entries = bytes.UInt16(position + 10), size = bytes.UInt32(position + 12), offset = bytes.UInt32(position + 16);
        if (bytes.UInt16(position + 4) != 0 || bytes.UInt16(position + 6) != 0 || bytes.UInt16(position + 8) != entries) throw Bad(bytes, "it is one part of several");
        long end = position;
        if (position >= LocatorSize && bytes.UInt32(position - LocatorSize) == LocatorSignature)
        {
            end = End64(bytes, position - LocatorSize);
            entries = Wider(bytes, entries, ushort.MaxValue, bytes.UInt64(end + 32));
            size = Wider(bytes, size, uint.MaxValue, bytes.UInt64(end + 40));
            offset = Wider(bytes, offset, uint.MaxValue, bytes.UInt64(end + 48));
        }
        if (size > (ulong)end || offset != (ulong)end - size) throw Bad(bytes, "its directory does not end where it should");
        if (entries > MostEntries) throw Bad(bytes, $"it has {entries:N0} entries, more than {MostEntries:N0}");
        return new((long)entries, (long)offset, end);
    }

    private static long End64(ZipBytes bytes, long locator)
    {
        ulong end = bytes.UInt64(locator + 8);
        if (bytes.UInt32(locator + 4) != 0 || bytes.UInt32(locator + 16) != 1) throw Bad(bytes, "it is one part of several");
        if (locator < End64Size || end != (ulong)(locator - End64Size)) throw Bad(bytes, "its 64-bit end record is not where it should be");
        long position = (long)end;
        bool isWhole = bytes.UInt32(position) == End64Signature && bytes.UInt64(position + 4) == 44 && bytes.UInt32(position + 16) == 0 &&
            bytes.UInt32(position + 20) == 0 && bytes.UInt64(position + 24) == bytes.UInt64(position + 32);
        return isWhole ? position : throw Bad(bytes, "its 64-bit end record is damaged");
    }

    private static ulong Wider(ZipBytes bytes, ulong narrow, ulong allOnes, ulong wide) =>
        narrow == wide || narrow == allOnes ? wide : throw Bad(bytes, "its two end records disagree");

    private static CheckpointException Bad(ZipBytes bytes, string what) => CheckpointThrow.BadContainer(bytes.Path, what);
}
