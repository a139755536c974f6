using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Fovea.Tests.Hub;

/// <summary>What a client asked for; header names in lower case.</summary>
internal sealed record TestRequest(string Path, IReadOnlyDictionary<string, string> Headers)
{
    public string? Header(string name) => Headers.GetValueOrDefault(name);

    /// <summary>The first byte asked for; 0 without a range.</summary>
    public int From => Header("range") is { } range ? int.Parse(range["bytes=".Length..].TrimEnd('-'), null) : 0;
}

/// <summary>Answers one request by whatever bytes it likes; the connection ends when it returns.</summary>
internal delegate Task TestAnswer(TestRequest request, Stream connection, CancellationToken serverEnds);

/// <summary>
/// An HTTP server on the loopback address that may misbehave: it writes raw bytes, one request per connection. The first request gets
/// the first answer, and so on; the last answer serves all that follow.
/// </summary>
internal sealed class TestServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly ConcurrentQueue<TestRequest> _requests = [];
    private readonly TestAnswer[] _answers;
    private readonly X509Certificate2? _certificate;
    private int _answered;

    public TestServer(params TestAnswer[] answers) : this(null, answers)
    {
    }

    /// <param name="certificate">Given: the server speaks TLS.</param>
    /// <param name="answers">At least one.</param>
    public TestServer(X509Certificate2? certificate, params TestAnswer[] answers)
    {
        _certificate = certificate;
        _answers = answers;
        _listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public Uri Address => new($"{(_certificate is null ? "http" : "https")}://127.0.0.1:{Port}");

    /// <summary>All requests so far, in the order of their arrival.</summary>
    public IReadOnlyList<TestRequest> Requests => [.. _requests];

    public void Dispose()
    {
        _end.Cancel();
        _listener.Stop();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true) _ = ServeAsync(await _listener.AcceptTcpClientAsync(_end.Token));
        }
        catch (Exception end) when (end is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        try
        {
            using (client)
            {
                await using Stream connection = await SecureAsync(client.GetStream());
                if (await ReadRequestAsync(connection) is not { } request) return;
                _requests.Enqueue(request);
                int turn = Math.Min(Interlocked.Increment(ref _answered), _answers.Length) - 1;
                await _answers[turn](request, connection, _end.Token);
            }
        }
        catch (Exception end) when (end is OperationCanceledException or IOException or ObjectDisposedException)
        {
            // The client has gone, as it may, or the test is over.
        }
    }

    private async Task<Stream> SecureAsync(NetworkStream plain)
    {
        if (_certificate is null) return plain;
        SslStream secure = new(plain);
        await secure.AuthenticateAsServerAsync(_certificate);
        return secure;
    }

    private static async Task<TestRequest?> ReadRequestAsync(Stream connection)
    {
        StringBuilder head = new();
        byte[] letter = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await connection.ReadAsync(letter) == 0) return null;
            head.Append((char)letter[0]);
        }
        string[] lines = head.ToString().Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        return new TestRequest(
            lines[0].Split(' ')[1],
            lines[1..].Select(line => line.Split(": ", 2)).ToDictionary(pair => pair[0].ToLowerInvariant(), pair => pair[1]));
    }
}
