using System.Globalization;
using System.Security.Cryptography;

namespace Fovea.Hub;

/// <summary>
/// The SHA-256 of a file, computed once and noted beside it with the file's length and time: a program that starts does not read
/// hundreds of megabytes to learn what it knew yesterday. A note that does not fit the file any more is not believed.
/// </summary>
internal static class FileDigest
{
    private const string NoteExtension = ".verified";
    private const int ReadAhead = 1 << 17;

    /// <summary>64 lower-case hexadecimal digits; null when there is no such file.</summary>
    public static async Task<string?> OfAsync(string path, CancellationToken cancellation)
    {
        FileInfo file = new(path);
        if (!file.Exists) return null;
        if (Recall(file) is { } known) return known;
        string sha256 = await ComputeAsync(path, cancellation).ConfigureAwait(false);
        Remember(path, sha256);
        return sha256;
    }

    /// <summary>As <see cref="OfAsync"/> for a file that exists, from its bytes and whatever is noted.</summary>
    public static async Task<string> ComputeAsync(string path, CancellationToken cancellation)
    {
        using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, ReadAhead, FileOptions.Asynchronous | FileOptions.SequentialScan);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellation).ConfigureAwait(false));
    }

    /// <summary>Notes the hash of a file that nobody is writing.</summary>
    public static void Remember(string path, string sha256)
    {
        try
        {
            File.WriteAllText(path + NoteExtension, Note(new FileInfo(path), sha256));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // A folder that nobody may write serves its models all the same: they are hashed at each start.
        }
    }

    private static string? Recall(FileInfo file)
    {
        try
        {
            string note = File.ReadAllText(file.FullName + NoteExtension);
            string sha256 = note.Split(' ')[0];
            return note == Note(file, sha256) ? sha256 : null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string Note(FileInfo file, string sha256) => string.Create(CultureInfo.InvariantCulture, $"{sha256} {file.Length} {file.LastWriteTimeUtc.Ticks}\n");
}
