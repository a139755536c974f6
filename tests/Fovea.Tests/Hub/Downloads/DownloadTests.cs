using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Fovea.Hub;

namespace Fovea.Tests.Hub;

/// <summary>Downloads from servers that behave, and from those that do not.</summary>
public class DownloadTests
{
    private const int Half = 1 << 18;

    private static byte[] Bytes => TestHub.Bytes;

    [Fact]
    public async Task Good_server_is_asked_once_below_the_mirrors_path()
    {
        using TestServer server = new(Answers.Good(Bytes));
        using TestHub hub = new(new Uri(server.Address, "/a/mirror/"));
        await hub.AssertGetsItAsync();
        TestRequest request = Assert.Single(server.Requests);
        Assert.Equal("/a/mirror/some/folder/vit_t32_test.pt", request.Path);
        Assert.StartsWith("fovea/", request.Header("user-agent"), StringComparison.Ordinal);
        Assert.Null(request.Header("range"));
    }

    [Fact]
    public async Task Connection_that_is_cut_is_resumed_where_it_ended()
    {
        using TestServer server = new(Answers.Cut(Bytes, Half), Answers.Cut(Bytes, 1000), Answers.Good(Bytes));
        using TestHub hub = new(server.Address);
        await hub.AssertGetsItAsync();
        Assert.Equal([0, Half, Half + 1000], server.Requests.Select(request => request.From));
        Assert.All(server.Requests.Skip(1), request => Assert.Equal("\"version-1\"", request.Header("if-range")));
    }

    [Fact]
    public async Task Part_left_by_an_earlier_run_is_hashed_and_continued()
    {
        using TestServer server = new(Answers.Good(Bytes));
        using TestHub hub = new(server.Address);
        await File.WriteAllBytesAsync(hub.Partial, Bytes[..Half]);
        await hub.AssertGetsItAsync();
        Assert.Equal(Half, Assert.Single(server.Requests).From);
    }

    [Fact]
    public async Task Whole_part_left_by_an_earlier_run_needs_no_request()
    {
        using TestServer server = new(Answers.Good(Bytes));
        using TestHub hub = new(server.Address);
        await File.WriteAllBytesAsync(hub.Partial, Bytes);
        await hub.AssertGetsItAsync();
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task Poor_line_that_brings_something_each_time_is_never_given_up()
    {
        using TestServer server = new([.. Enumerable.Repeat(Answers.Cut(Bytes, Bytes.Length / 20), 19), Answers.Good(Bytes)]);
        using TestHub hub = new(server.Address);
        await hub.AssertGetsItAsync();
        Assert.Equal(20, server.Requests.Count);
    }

    [Fact]
    public async Task Server_that_ignores_the_range_starts_the_file_anew()
    {
        using TestServer server = new(Answers.Cut(Bytes, Half), Answers.Whole(Bytes));
        using TestHub hub = new(server.Address);
        await hub.AssertGetsItAsync();
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task Server_that_sends_another_part_is_asked_for_the_whole()
    {
        using TestServer server = new(Answers.Cut(Bytes, Half), Answers.WrongPart(Bytes), Answers.Good(Bytes));
        using TestHub hub = new(server.Address);
        await hub.AssertGetsItAsync();
        Assert.Equal([0, Half, 0], server.Requests.Select(request => request.From));
    }

    [Fact]
    public async Task Part_that_the_server_calls_too_long_is_thrown_away()
    {
        using TestServer server = new(Answers.Status("416 Range Not Satisfiable"), Answers.Good(Bytes));
        using TestHub hub = new(server.Address);
        await File.WriteAllBytesAsync(hub.Partial, TestHub.RandomBytes(Bytes.Length + 1, seed: 2));
        await hub.AssertGetsItAsync();
        Assert.Equal([Bytes.Length + 1, 0], server.Requests.Select(request => request.From));
    }

    [Fact]
    public async Task Stalled_connection_is_given_up_and_resumed()
    {
        using TestServer server = new(Answers.Stall(Bytes, Half), Answers.Silence, Answers.Good(Bytes));
        using TestHub hub = new(server.Address, new ImpatientTime(stallAfter: TimeSpan.FromMilliseconds(200)));
        await hub.AssertGetsItAsync();
        Assert.True(server.Requests.Count >= 3);
    }

    [Fact]
    public async Task Server_that_never_says_anything_is_given_up_with_a_sentence()
    {
        using TestServer server = new(Answers.Silence);
        using TestHub hub = new(server.Address, new ImpatientTime(stallAfter: TimeSpan.FromMilliseconds(50)));
        await hub.AssertRefusesAsync("no byte came for 30 seconds", "5 times", "try again later");
    }

    [Fact]
    public async Task Wrong_bytes_are_deleted_and_both_hashes_said()
    {
        byte[] wrong = TestHub.RandomBytes(Bytes.Length, seed: 2);
        using TestServer server = new(Answers.Good(wrong));
        using TestHub hub = new(server.Address);
        await hub.AssertRefusesAsync(Convert.ToHexStringLower(SHA256.HashData(wrong)), TestHub.Model.Files[0].Sha256);
        Assert.False(File.Exists(hub.Partial));
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData(100)]
    [InlineData(1 << 20)]
    public async Task Wrong_length_is_refused_before_anything_is_written(int length)
    {
        using TestServer server = new(Answers.Whole(new byte[length]));
        using TestHub hub = new(server.Address);
        await hub.AssertRefusesAsync($"{length:N0} bytes", "0.5 MiB");
        Assert.Equal(0, new FileInfo(hub.Partial).Length);
    }

    [Fact]
    public async Task Part_that_is_here_survives_a_server_with_another_file()
    {
        using TestServer server = new(Answers.Whole(new byte[100]));
        using TestHub hub = new(server.Address);
        await File.WriteAllBytesAsync(hub.Partial, Bytes[..Half]);
        await hub.AssertRefusesAsync("100 bytes");
        Assert.Equal(Half, new FileInfo(hub.Partial).Length);
    }

    [Fact]
    public async Task Body_without_a_length_is_taken_if_its_hash_is_right()
    {
        using TestServer server = new(Answers.Chunked(Bytes));
        using TestHub hub = new(server.Address);
        await hub.AssertGetsItAsync();
    }

    [Fact]
    public async Task Body_without_an_end_is_ended_at_the_published_size()
    {
        using TestServer server = new(Answers.Chunked(new byte[1 << 24]));
        using TestHub hub = new(server.Address);
        long most = 0;
        HubException refusal = await Assert.ThrowsAsync<HubException>(() => hub.GetAsync(progress: new Told(told => most = told.Bytes)));
        Assert.Contains("more than the 0.5 MiB", refusal.Message, StringComparison.Ordinal);
        Assert.InRange(most, 1, TestHub.Model.Files[0].LargestLength);
        Assert.False(File.Exists(hub.Partial));
    }

    [Fact]
    public async Task Connection_that_ends_in_place_of_the_body_counts_as_broken()
    {
        using TestServer server = new(Answers.UntilTheEnd(Bytes[..Half]), Answers.Good(Bytes));
        using TestHub hub = new(server.Address);
        await hub.AssertGetsItAsync();
        Assert.Equal([0, Half], server.Requests.Select(request => request.From));
    }

    [Theory]
    [InlineData("404 Not Found")]
    [InlineData("410 Gone")]
    [InlineData("403 Forbidden")]
    public async Task Status_that_will_not_change_is_final(string status)
    {
        using TestServer server = new(Answers.Status(status));
        using TestHub hub = new(server.Address);
        await hub.AssertRefusesAsync(server.Address.ToString(), status[..3]);
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData("503 Service Unavailable")]
    [InlineData("500 Internal Server Error")]
    [InlineData("429 Too Many Requests")]
    public async Task Status_that_may_change_is_tried_again(string status)
    {
        using TestServer server = new(Answers.Status(status), Answers.Status(status), Answers.Good(Bytes));
        using TestHub hub = new(server.Address);
        await hub.AssertGetsItAsync();
        Assert.Equal([1, 2], hub.Time.Pauses.Select(pause => pause.TotalSeconds));
    }

    [Fact]
    public async Task Server_that_is_never_available_is_given_up_and_the_part_kept()
    {
        using TestServer server = new(Answers.Cut(Bytes, Half), Answers.Status("503 Service Unavailable"));
        using TestHub hub = new(server.Address);
        HubException refusal = await hub.AssertRefusesAsync("503 (Service Unavailable)", "5 times", "0.2 MiB that have arrived are kept");
        Assert.NotNull(refusal.InnerException);
        Assert.Equal(Half, new FileInfo(hub.Partial).Length);
        Assert.Equal([1, 1, 2, 4, 8], hub.Time.Pauses.Select(pause => pause.TotalSeconds));
    }

    [Theory]
    [InlineData(7, 7)]
    [InlineData(86_400, 60)]
    public async Task Server_says_how_long_to_wait_up_to_a_minute(int asked, int waited)
    {
        using TestServer server = new(Answers.Status("503 Service Unavailable", $"Retry-After: {asked}\r\n"), Answers.Good(Bytes));
        using TestHub hub = new(server.Address);
        await hub.AssertGetsItAsync();
        Assert.Equal([waited], hub.Time.Pauses.Select(pause => pause.TotalSeconds));
    }

    [Fact]
    public async Task Host_that_is_not_there_is_given_up_with_a_sentence()
    {
        Uri nobody;
        using (TestServer server = new(Answers.Silence)) nobody = server.Address;
        using TestHub hub = new(nobody);
        await hub.AssertRefusesAsync("the connection failed", "try again later");
    }

    [Fact]
    public async Task Redirect_to_another_host_is_followed_with_its_range()
    {
        using TestServer store = new(Answers.Cut(Bytes, Half), Answers.Good(Bytes));
        using TestServer server = new(Answers.Redirect($"http://localhost:{store.Port}/elsewhere?signed=1"));
        using TestHub hub = new(server.Address);
        await hub.AssertGetsItAsync();
        Assert.Equal([0, Half], store.Requests.Select(request => request.From));
        Assert.All(store.Requests, request => Assert.Equal("/elsewhere?signed=1", request.Path));
    }

    [Fact]
    public async Task Redirects_without_end_are_refused()
    {
        using TestServer server = new(Answers.Redirect("/some/folder/vit_t32_test.pt"));
        using TestHub hub = new(server.Address);
        await hub.AssertRefusesAsync("without end");
        Assert.InRange(server.Requests.Count, 2, 20);
    }

    [Fact]
    public async Task Redirect_from_https_to_http_is_not_followed()
    {
        using TestServer open = new(Answers.Good(Bytes));
        using X509Certificate2 certificate = SelfSigned();
        using TestServer secure = new(certificate, Answers.Redirect(open.Address.ToString()));
        using TestHub hub = new(secure.Address, trusted: certificate);
        await hub.AssertRefusesAsync(open.Address.ToString(), "not encrypted");
        Assert.Empty(open.Requests);
    }

    [Fact]
    public async Task Certificate_that_is_not_trusted_is_final()
    {
        using X509Certificate2 certificate = SelfSigned();
        using TestServer secure = new(certificate, Answers.Good(Bytes));
        using TestHub hub = new(secure.Address);
        await hub.AssertRefusesAsync("certificate is not trusted");
        Assert.Empty(hub.Time.Pauses);
    }

    [Fact]
    public async Task Progress_is_told_to_the_last_byte()
    {
        using TestServer server = new(Answers.Cut(Bytes, Half), Answers.Good(Bytes));
        using TestHub hub = new(server.Address);
        List<DownloadProgress> told = [];
        await hub.GetAsync(progress: new Told(told.Add));
        Assert.Equal(new DownloadProgress(Bytes.Length, Bytes.Length), told[^1]);
        Assert.Equal(told.OrderBy(step => step.Bytes), told);
    }

    [Fact]
    public async Task Cancelled_download_keeps_what_has_arrived_for_the_next_one()
    {
        using TestServer server = new(Answers.Stall(Bytes, Half), Answers.Good(Bytes));
        using TestHub hub = new(server.Address);
        using CancellationTokenSource cancel = new();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => hub.GetAsync(progress: new Told(told =>
        {
            if (told.Bytes == Half) cancel.Cancel();
        }), cancellation: cancel.Token));
        await hub.AssertGetsItAsync();
        Assert.Equal([0, Half], server.Requests.Select(request => request.From));
    }

    [Fact]
    public async Task Full_disk_is_said_as_such()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "only Linux has /dev/full, the disk that is always full");
        using TestServer server = new(Answers.Good(Bytes));
        using TestHub hub = new(server.Address);
        File.CreateSymbolicLink(hub.Partial, "/dev/full");
        await hub.AssertRefusesAsync(hub.Target, "the disk is full", "FOVEA_HOME");
    }

    private static X509Certificate2 SelfSigned()
    {
        using RSA key = RSA.Create(2048);
        CertificateRequest request = new("CN=127.0.0.1", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        SubjectAlternativeNameBuilder names = new();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }
}
