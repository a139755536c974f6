using System.Net;
using System.Net.Http.Headers;
using System.Security.Authentication;

namespace Fovea.Hub;

/// <summary>One GET for what is still missing of a file. Nothing that the server says is believed beyond what the registry allows.</summary>
/// <param name="client">How to ask.</param>
/// <param name="time">Measures how long nothing comes.</param>
/// <param name="address">Where to ask.</param>
/// <param name="file">What is expected.</param>
/// <param name="progress">Told after each piece.</param>
internal sealed class Transfer(HttpClient client, TimeProvider time, Uri address, PublishedFile file, IProgress<DownloadProgress>? progress)
{
    /// <summary>A connection that brings no byte for this long is given up.</summary>
    public static readonly TimeSpan StallLimit = TimeSpan.FromSeconds(30);

    private const int PieceLength = 1 << 16;

    // Only of this process: what an older one has left is continued without it, since the hash of the whole decides anyway.
    private EntityTagHeaderValue? _version;

    /// <summary>Appends what the server sends to <paramref name="partial"/>, or starts it anew where the server sends the whole.</summary>
    /// <exception cref="BrokenTransferException">It ended too early; what came is kept.</exception>
    /// <exception cref="HubException">Another try would not help.</exception>
    public async Task RunAsync(PartialFile partial, CancellationToken cancellation)
    {
        using CancellationTokenSource stall = new(StallLimit, time);
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation, stall.Token);
        using HttpRequestMessage request = Request(partial.Length);
        using HttpResponseMessage response = await Heard(client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop.Token), cancellation).ConfigureAwait(false);
        long total = Accept(response, partial) ?? (file.SmallestLength + file.LargestLength) / 2;
        using Stream body = await Heard(response.Content.ReadAsStreamAsync(stop.Token), cancellation).ConfigureAwait(false);
        byte[] piece = new byte[PieceLength];
        while (true)
        {
            stall.CancelAfter(StallLimit);
            int count = await Heard(body.ReadAsync(piece, stop.Token).AsTask(), cancellation).ConfigureAwait(false);
            if (count == 0) break;
            if (partial.Length + count > file.LargestLength)
            {
                partial.Delete();
                throw HubThrow.TooLong(file, address);
            }
            await partial.AppendAsync(piece.AsMemory(0, count), cancellation).ConfigureAwait(false);
            progress?.Report(new DownloadProgress(partial.Length, total));
        }
        // Without a Content-Length the end of the connection is the end of the file, or is taken for it.
        if (partial.Length < file.SmallestLength) throw new BrokenTransferException("the connection ended before the file did");
    }

    private HttpRequestMessage Request(long from)
    {
        HttpRequestMessage request = new(HttpMethod.Get, address);
        if (from == 0) return request;
        request.Headers.Range = new RangeHeaderValue(from, null);
        if (_version is not null) request.Headers.IfRange = new RangeConditionHeaderValue(_version);
        return request;
    }

    // Waits for the network; only what the network does wrong becomes a broken transfer, so that a full disk never does.
    private async Task<T> Heard<T>(Task<T> answer, CancellationToken cancellation)
    {
        try
        {
            return await answer.ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new BrokenTransferException($"no byte came for {StallLimit.TotalSeconds} seconds");
        }
        catch (HttpRequestException failure) when (failure.InnerException is AuthenticationException)
        {
            throw HubThrow.NotTrusted(address, failure);
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException)
        {
            throw new BrokenTransferException($"the connection failed ({failure.Message.TrimEnd('.')})", cause: failure);
        }
    }

    /// <summary>Sees to it that the body goes on where the partial file ends.</summary>
    /// <returns>Bytes of the whole file, if the server says it.</returns>
    private long? Accept(HttpResponseMessage response, PartialFile partial)
    {
        HttpStatusCode status = response.StatusCode;
        if (status is HttpStatusCode.OK)
        {
            long? length = Checked(response.Content.Headers.ContentLength);
            partial.Restart();
            _version = Version(response);
            return length;
        }
        if (status is HttpStatusCode.PartialContent)
        {
            ContentRangeHeaderValue? range = response.Content.Headers.ContentRange;
            long? length = Checked(range?.Length);
            if (range?.From != partial.Length) throw StartAnew(partial, "the server sent another part than the one asked for");
            _version ??= Version(response);
            return length;
        }
        if (status is HttpStatusCode.RequestedRangeNotSatisfiable) throw StartAnew(partial, "the server has no file of which the part here can be the beginning");
        if ((int)status is >= 300 and < 400) throw Redirected(response);
        if (status is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests || (int)status >= 500)
        {
            throw new BrokenTransferException($"the server answered {(int)status} ({response.ReasonPhrase})", Wait(response.Headers.RetryAfter));
        }
        throw HubThrow.Refused(address, status);
    }

    private long? Checked(long? length) => length < file.SmallestLength || length > file.LargestLength
        ? throw HubThrow.WrongLength(file, address, length.Value)
        : length;

    private static BrokenTransferException StartAnew(PartialFile partial, string reason)
    {
        partial.Restart();
        return new BrokenTransferException(reason);
    }

    // RFC 9110, 13.1.5: a weak tag may not be used with a range.
    private static EntityTagHeaderValue? Version(HttpResponseMessage response) => response.Headers.ETag is { IsWeak: false } tag ? tag : null;

    // The handler stops at a redirect that it must not follow, and at the one that is too many.
    private HubException Redirected(HttpResponseMessage response)
    {
        Uri asked = response.RequestMessage!.RequestUri!;
        return response.Headers.Location is { } location && new Uri(asked, location) is var target && asked.Scheme == Uri.UriSchemeHttps && target.Scheme != Uri.UriSchemeHttps
            ? HubThrow.InsecureRedirect(asked, target)
            : HubThrow.RedirectLoop(address);
    }

    private TimeSpan? Wait(RetryConditionHeaderValue? retryAfter) => retryAfter?.Delta ?? retryAfter?.Date - time.GetUtcNow();
}
