namespace Fovea.Hub;

/// <summary>How the hub speaks HTTP. Redirects are followed by the handler, which never goes from https to http.</summary>
internal static class HubClient
{
    private const int MostRedirects = 10;

    private static readonly Lazy<HttpClient> Process = new(() => Create(Handler()));

    /// <summary>One for the whole process: connections and names are shared.</summary>
    public static HttpClient Shared => Process.Value;

    public static SocketsHttpHandler Handler() => new() { MaxAutomaticRedirections = MostRedirects, PooledConnectionLifetime = TimeSpan.FromMinutes(5) };

    /// <summary>A client without a time limit of its own: a large file may take hours, and <see cref="Transfer"/> watches for stalls.</summary>
    public static HttpClient Create(SocketsHttpHandler handler)
    {
        HttpClient client = new(handler) { Timeout = Timeout.InfiniteTimeSpan };
        client.DefaultRequestHeaders.UserAgent.ParseAdd($"fovea/{typeof(HubClient).Assembly.GetName().Version!.ToString(fieldCount: 3)}");
        return client;
    }
}
