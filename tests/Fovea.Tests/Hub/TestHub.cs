using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Fovea.Hub;

namespace Fovea.Tests.Hub;

/// <summary>A hub with one small published model in a folder of its own, which is deleted at the end.</summary>
internal sealed class TestHub : IDisposable
{
    public const string Name = "vit_t32_test";

    private readonly SocketsHttpHandler _handler = HubClient.Handler();
    private readonly HttpClient _client;

    /// <param name="mirror">Where its file is asked for.</param>
    /// <param name="time">Its clock.</param>
    /// <param name="isOffline">Whether it may ask.</param>
    /// <param name="trusted">A server's certificate that is taken although nobody has signed it.</param>
    public TestHub(Uri? mirror = null, ImpatientTime? time = null, bool isOffline = false, X509Certificate2? trusted = null)
    {
        Time = time ?? new ImpatientTime();
        _handler.UseProxy = false;
        if (trusted is not null) _handler.SslOptions.RemoteCertificateValidationCallback = (_, shown, _, _) => trusted.Equals(shown);
        _client = HubClient.Create(_handler);
        Hub = new ModelHub(new ModelRegistry([Model]), new HubSettings(Folder, isOffline, mirror), _client, Time);
    }

    /// <summary>The published file: half a MiB that no compression or chance makes shorter.</summary>
    public static byte[] Bytes { get; } = RandomBytes(1 << 19);

    public static PublishedModel Model { get; } = PublishedAs(Name, Bytes);

    public ModelHub Hub { get; }

    public ImpatientTime Time { get; }

    public string Folder { get; } = Directory.CreateTempSubdirectory("fovea-hub-").FullName;

    /// <summary>Where the file is to be in the end.</summary>
    public string Target => Path.Combine(Folder, $"{Name}.pt");

    public string Partial => Target + ".partial";

    public static PublishedModel PublishedAs(string name, byte[] bytes) => new()
    {
        Name = name,
        Network = "vit_t32",
        Tag = "test",
        Task = "image_classification",
        ImageSize = ImageSize.Square(224),
        Outputs = 0,
        ParameterCount = 5_533_248,
        Files = [new PublishedFile(name, "pt", new Uri($"https://published.example/some/folder/{name}.pt"), bytes.Length / (double)(1 << 20), Convert.ToHexStringLower(SHA256.HashData(bytes)))],
    };

    public static byte[] RandomBytes(int count, int seed = 1)
    {
        byte[] bytes = new byte[count];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    public Task<string> GetAsync(bool overwrites = false, IProgress<DownloadProgress>? progress = null, CancellationToken cancellation = default) =>
        Hub.GetAsync(Name, null, overwrites, progress, cancellation);

    /// <summary>Fails unless the file is here, whole, and nothing of the way there is left.</summary>
    public async Task AssertGetsItAsync()
    {
        Assert.Equal(Target, await GetAsync());
        Assert.Equal(Bytes, await File.ReadAllBytesAsync(Target));
        Assert.False(File.Exists(Partial));
    }

    /// <summary>Fails unless the download is refused by one sentence and no file has the target's name.</summary>
    public async Task<HubException> AssertRefusesAsync(params string[] words)
    {
        HubException refusal = await Assert.ThrowsAsync<HubException>(() => GetAsync());
        Assert.All(words, word => Assert.True(refusal.Message.Contains(word, StringComparison.Ordinal), $"'{word}' is not in: {refusal}"));
        Assert.False(File.Exists(Target));
        return refusal;
    }

    public void Dispose()
    {
        _client.Dispose();
        Directory.Delete(Folder, recursive: true);
    }
}
