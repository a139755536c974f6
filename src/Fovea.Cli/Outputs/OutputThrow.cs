namespace Fovea.Cli.Outputs;

/// <summary>Why a result cannot be written where the user wants it.</summary>
internal static class OutputThrow
{
    public static OutputException NoFolder(string path, string folder) => new($"{path}: there is no folder '{folder}'; create it or name another place.");

    public static OutputException Folder(string path) => new($"{path}: is a folder; name a file in it.");

    public static OutputException LinkLoop(string path) => new($"{path}: its symbolic links lead in a circle; name another place.");

    public static OutputException Pipe(string path) =>
        new($"{path}: is a pipe, but a .npy file has the number of its rows at its beginning; name a file, or write .jsonl or .parquet.");

    public static OutputException Extension(string path, string contents, IReadOnlyList<string> extensions) =>
        new($"{path}: {contents} are written as {string.Join(" or ", extensions)}; give the file such a name.");

    public static OutputException LayersDiffer(string path, string sample, string found, string expected) =>
        new($"{path}: the features of '{sample}' are {found}, but those of the pictures before it are {expected}; give all pictures the same size.");

    /// <summary>What the operating system refused, as a sentence for the file that the user named.</summary>
    public static OutputException Refused(string path, Exception cause) => cause switch
    {
        UnauthorizedAccessException => new($"{path}: there is no permission to write here; change it or name another place.", cause),
        IOException { HResult: NobodyReads } => new($"{path}: nobody reads it any more, so the run ends here.", cause),
        IOException { HResult: DiskFull or QuotaUsedUp or DiskFullOnWindows } => new($"{path}: the disk is full; free some space or name a place on another disk.", cause),
        _ => new($"{path}: cannot be written ({cause.Message.TrimEnd('.')}); name another place.", cause),
    };

    /// <summary>Whether an exception is the operating system's refusal, and no fault of ours.</summary>
    public static bool IsRefusal(Exception failure) => failure is IOException or UnauthorizedAccessException;

    // An IOException carries errno itself where .NET has no exception of its own for it.
    private const int NobodyReads = 32;                                 // EPIPE
    private const int DiskFull = 28;                                    // ENOSPC
    private const int QuotaUsedUp = 122;                                // EDQUOT
    private const int DiskFullOnWindows = unchecked((int)0x80070070);   // ERROR_DISK_FULL
}
