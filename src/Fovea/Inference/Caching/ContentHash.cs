using System.Security.Cryptography;
using Fovea.Checkpoints;
using Microsoft.Win32.SafeHandles;

namespace Fovea.Inference;

/// <summary>
/// The SHA-256 of a file. It is noted together with the file's stamp, and as long as the stamp is the same, nothing is read again: a program that
/// starts does not read hundreds of megabytes to learn what it knew. Where stamps prove nothing (<see cref="FileStamp.IsProof"/>), each start reads.
/// </summary>
internal static class ContentHash
{
    private const int ChunkLength = 1 << 18;

    /// <summary>64 hexadecimal digits, or null when the file is another one than expected or changes while it is read.</summary>
    /// <param name="path">The file.</param>
    /// <param name="note">Where the hash is noted: a file of this class alone.</param>
    /// <param name="expected">The stamp that the file must have; null: any.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public static string? Of(string path, string note, FileStamp? expected = null)
    {
        using SafeFileHandle file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, FileOptions.SequentialScan);
        FileStamp stamp = FileStamp.Of(file);
        if (expected is { } wanted && wanted != stamp) return null;
        if (stamp.IsProof && Recall(note, stamp) is { } known) return known;
        // Asked before reading: what comes after the bytes were read must be able to change the stamp.
        bool isSettled = stamp.IsSettled;
        string hash = Compute(file);
        if (FileStamp.Of(file) != stamp) return null;
        if (isSettled) Remember(note, Note(stamp, hash));
        return hash;
    }

    public static string Of(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static string? Recall(string note, FileStamp stamp)
    {
        if (!File.Exists(note)) return null;
        string text = File.ReadAllText(note);
        string hash = text.Split('\n')[0];
        return text == Note(stamp, hash) ? hash : null;
    }

    private static void Remember(string note, string text)
    {
        string beside = $"{note}.{Guid.NewGuid():N}";
        try
        {
            PrivateFolder.Create(Path.GetDirectoryName(note)!);
            File.WriteAllText(beside, text);
            File.Move(beside, note, overwrite: true);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // A folder that nobody may write serves all the same: its files are read at each start.
        }
    }

    private static string Note(FileStamp stamp, string hash) => $"{hash}\n{stamp.Text}\n";

    // Read, not mapped: mapped pages would count as this process's memory.
    private static string Compute(SafeFileHandle file)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] chunk = new byte[ChunkLength];
        long offset = 0;
        for (int read; (read = RandomAccess.Read(file, chunk, offset)) > 0; offset += read) hash.AppendData(chunk, 0, read);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
