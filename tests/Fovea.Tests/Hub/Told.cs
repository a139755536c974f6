using Fovea.Hub;

namespace Fovea.Tests.Hub;

/// <summary>Progress on the thread that reports it, in its order; the framework's own would post it elsewhere.</summary>
internal sealed class Told(Action<DownloadProgress> action) : IProgress<DownloadProgress>
{
    public void Report(DownloadProgress value) => action(value);
}
