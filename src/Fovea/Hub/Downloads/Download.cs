namespace Fovea.Hub;

/// <summary>Brings one published file to its place: as many transfers as it takes, then the hash, then the name.</summary>
internal sealed class Download(HttpClient client, TimeProvider time, Uri address, PublishedFile file, IProgress<DownloadProgress>? progress)
{
    // In a row, without a new byte: a poor line that brings something each time is never given up.
    private const int MostFutileTries = 5;

    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    /// <summary>Downloads to <paramref name="partialPath"/>, going on with what is there, and moves it to <paramref name="target"/> when its hash is right.</summary>
    /// <exception cref="HubException">The server does not have the file, has another one, or cannot be reached.</exception>
    public async Task RunAsync(string partialPath, string target, CancellationToken cancellation)
    {
        using PartialFile partial = await PartialFile.OpenAsync(partialPath, cancellation).ConfigureAwait(false);
        if (partial.Sha256 != file.Sha256) await FetchAsync(partial, cancellation).ConfigureAwait(false);
        string found = partial.Sha256;
        if (found != file.Sha256)
        {
            partial.Delete();
            throw HubThrow.WrongHash(file, address, found);
        }
        partial.MoveTo(target);
        FileDigest.Remember(target, found);
    }

    private async Task FetchAsync(PartialFile partial, CancellationToken cancellation)
    {
        Transfer transfer = new(client, time, address, file, progress);
        long most = partial.Length;
        int futile = 0;
        while (true)
        {
            try
            {
                await transfer.RunAsync(partial, cancellation).ConfigureAwait(false);
                return;
            }
            catch (BrokenTransferException broken)
            {
                futile = partial.Length > most ? 0 : futile + 1;
                most = Math.Max(most, partial.Length);
                if (futile == MostFutileTries) throw HubThrow.GaveUp(address, futile, partial.Length, broken);
                await Task.Delay(Wait(broken, futile), time, cancellation).ConfigureAwait(false);
            }
        }
    }

    // 1, 1, 2, 4, 8 s, or what the server asks for; never more than a minute, which a person still waits for.
    private static TimeSpan Wait(BrokenTransferException broken, int futile)
    {
        TimeSpan wait = broken.Wait ?? FirstWait * (1 << Math.Max(futile - 1, 0));
        return TimeSpan.FromTicks(Math.Clamp(wait.Ticks, 0, LongestWait.Ticks));
    }
}
