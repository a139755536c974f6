using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Fovea.Checkpoints;

/// <summary>Which file this is and when it was last touched, without reading it: equal stamps mean equal bytes where <see cref="IsProof"/> says so.</summary>
/// <param name="Text">Linux: device, inode, length, times of writing and of change. Elsewhere length and time of writing.</param>
/// <param name="Changed">When the bytes, the length or the times were last set.</param>
/// <param name="IsProof">
/// Whether whoever touches the file must change the stamp. True on Linux: nobody can set the time of change, not even with the time of writing,
/// which copies and archives do set back.
/// </param>
internal readonly partial record struct FileStamp(string Text, DateTime Changed, bool IsProof)
{
    // statx(2): the one file record of Linux whose layout is the same on all processors.
    private const int EmptyPath = 0x1000, BasicFields = 0x7ff, RecordLength = 256;
    private const int Inode = 32, Size = 40, ChangeTime = 96, WriteTime = 112, Device = 136;

    // The kernel's clock for files ticks every 10 ms or faster: two changes within a tick leave the same time.
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(20);

    /// <summary>Whether the last change is so long ago that the next one cannot have the same time.</summary>
    public bool IsSettled => IsProof && DateTime.UtcNow - Changed > Tick;

    public static FileStamp Of(SafeFileHandle file)
    {
        if (OperatingSystem.IsLinux() && OfLinux(file) is { } stamp) return stamp;
        DateTime written = File.GetLastWriteTimeUtc(file);
        return new(string.Create(CultureInfo.InvariantCulture, $"{RandomAccess.GetLength(file)} {written.Ticks}"), written, IsProof: false);
    }

    private static unsafe FileStamp? OfLinux(SafeFileHandle file)
    {
        byte* record = stackalloc byte[RecordLength];
        try
        {
            if (Statx(file, "", EmptyPath, BasicFields, record) != 0) return null;
        }
        catch (EntryPointNotFoundException)
        {
            return null;                                                           // a C library older than the call
        }
        ReadOnlySpan<byte> fields = new(record, RecordLength);
        long device = BinaryPrimitives.ReadInt64LittleEndian(fields[Device..]);
        (long second, uint nanosecond) = Time(fields, ChangeTime);
        string text = string.Create(CultureInfo.InvariantCulture,
            $"{device} {BinaryPrimitives.ReadInt64LittleEndian(fields[Inode..])} {BinaryPrimitives.ReadInt64LittleEndian(fields[Size..])} {Time(fields, WriteTime)} {(second, nanosecond)}");
        return new(text, DateTime.UnixEpoch.AddSeconds(second).AddTicks(nanosecond / 100), IsProof: true);
    }

    private static (long Second, uint Nanosecond) Time(ReadOnlySpan<byte> fields, int place) =>
        (BinaryPrimitives.ReadInt64LittleEndian(fields[place..]), BinaryPrimitives.ReadUInt32LittleEndian(fields[(place + sizeof(long))..]));

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static unsafe partial int Statx(SafeFileHandle directory, string path, int flags, uint mask, byte* record);
}
