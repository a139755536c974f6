namespace Fovea.Hub;

/// <summary>
/// One process at a time: an empty file held open exclusively (a sharing mode on Windows, flock elsewhere). It ends with its process,
/// however that ends, and stays in the folder, because deleting it while another process waits for it would let two in.
/// </summary>
internal static class FileLock
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>Waits until the lock is free.</summary>
    /// <param name="path">The lock's own file.</param>
    /// <param name="time">Measures the pauses between looks.</param>
    /// <param name="onWait">Called at each look in vain.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <returns>The lock: dispose it to let others in.</returns>
    public static async Task<FileStream> TakeAsync(string path, TimeProvider time, Action onWait, CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
            }
            catch (IOException held) when (IsHeld(held))
            {
                onWait();
            }
            await Task.Delay(Pause, time, cancellation).ConfigureAwait(false);
        }
    }

    // EWOULDBLOCK of Linux and of macOS, ERROR_SHARING_VIOLATION of Windows.
    private static bool IsHeld(IOException failure) => failure.HResult is 11 or 35 or unchecked((int)0x80070020);
}
