using Fovea.Hub;

namespace Fovea.Tests.Hub;

/// <summary>What <see cref="TwoProcessTests"/> runs in processes of their own; no test by itself.</summary>
public class DownloadingProcess
{
    /// <summary>Asked for once, as soon as the process sees the first bytes: its own, or those that another one downloads.</summary>
    public const string Telling = "/told";

    [Fact(Explicit = true)]
    public async Task Downloads_what_the_environment_says()
    {
        HubSettings settings = HubSettings.Of(Environment.GetEnvironmentVariable);
        ModelHub hub = new(new ModelRegistry([TestHub.Model]), settings, HubClient.Shared, TimeProvider.System);
        bool hasTold = false;
        string path = await hub.GetAsync(TestHub.Name, progress: new Told(_ =>
        {
            if (hasTold) return;
            hasTold = true;
            using HttpRequestMessage telling = new(HttpMethod.Get, new Uri(settings.Mirror!, Telling));
            HubClient.Shared.Send(telling).Dispose();
        }));
        Assert.Equal(TestHub.Bytes, await File.ReadAllBytesAsync(path));
    }
}
