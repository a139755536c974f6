namespace Fovea.Hub;

/// <summary>Published models by name: the file where it is, downloaded when it is not. Safe to use from many threads and processes at once.</summary>
internal sealed class ModelHub(ModelRegistry registry, HubSettings settings, HttpClient client, TimeProvider time)
{
    private const string PartialExtension = ".partial";
    private const string LockExtension = ".lock";

    public ModelRegistry Registry => registry;

    /// <summary>The hub of this process, as the environment sets it up now.</summary>
    /// <exception cref="HubException">The environment contradicts itself, or there is no folder for downloads.</exception>
    public static ModelHub OfProcess() => new(ModelRegistry.Default, HubSettings.Of(Environment.GetEnvironmentVariable), HubClient.Shared, TimeProvider.System);

    /// <summary>Where a file is kept, whether it is there or not.</summary>
    public string PathOf(PublishedFile file) => Path.Combine(settings.Folder, file.Name);

    /// <summary>The path of a published model's file, whose bytes have the published hash.</summary>
    /// <param name="name">Its name in the registry.</param>
    /// <param name="format">The container; null: the preferred one.</param>
    /// <param name="overwrites">Whether another file of that name may be replaced, once the right one is here.</param>
    /// <param name="progress">Told on the downloading thread, after each piece; while another process downloads, of its progress.</param>
    /// <param name="cancellation">Ends the download; what has arrived is kept and used by the next one.</param>
    /// <exception cref="HubException">The name is unknown, another file is in the place, or the download failed.</exception>
    public async Task<string> GetAsync(
        string name, string? format = null, bool overwrites = false, IProgress<DownloadProgress>? progress = null, CancellationToken cancellation = default)
    {
        PublishedFile file = registry.Get(name).File(format);
        string path = PathOf(file);
        if (await IsHereAsync(file, path, overwrites, cancellation).ConfigureAwait(false)) return path;
        if (settings.IsOffline) throw HubThrow.Offline(file, path);
        try
        {
            await FetchAsync(file, path, overwrites, progress, cancellation).ConfigureAwait(false);
            return path;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw HubThrow.CannotWrite(path, failure);
        }
    }

    private async Task FetchAsync(PublishedFile file, string path, bool overwrites, IProgress<DownloadProgress>? progress, CancellationToken cancellation)
    {
        Directory.CreateDirectory(settings.Folder);
        FileInfo partial = new(path + PartialExtension);
        using FileStream held = await FileLock.TakeAsync(path + LockExtension, time, ReportOther, cancellation).ConfigureAwait(false);
        // Whoever held the lock may have brought the file.
        if (await IsHereAsync(file, path, overwrites, cancellation).ConfigureAwait(false)) return;
        progress?.Report(new DownloadProgress(0, file.LargestLength));                     // before the first byte: a server may be slow to answer
        Download download = new(client, time, settings.AddressOf(file.Address), file, progress);
        await download.RunAsync(partial.FullName, path, cancellation).ConfigureAwait(false);

        void ReportOther()
        {
            partial.Refresh();
            if (partial.Exists) progress?.Report(new DownloadProgress(partial.Length, file.LargestLength));
        }
    }

    private static async Task<bool> IsHereAsync(PublishedFile file, string path, bool overwrites, CancellationToken cancellation)
    {
        string? found = await FileDigest.OfAsync(path, cancellation).ConfigureAwait(false);
        if (found is null || found == file.Sha256) return found is not null;
        return overwrites ? false : throw HubThrow.OtherContent(file, path, found);
    }
}
