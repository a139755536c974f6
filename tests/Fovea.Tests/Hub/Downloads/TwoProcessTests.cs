using System.Diagnostics;

namespace Fovea.Tests.Hub;

/// <summary>Two processes that want the same model at once: one downloads, the other waits, whatever becomes of the first.</summary>
/// <remarks>A process is this test program with nothing to run but <see cref="DownloadingProcess"/>.</remarks>
public sealed class TwoProcessTests : IDisposable
{
    private const int Half = 1 << 18;

    private readonly string _home = Directory.CreateTempSubdirectory("fovea-home-").FullName;
    private readonly List<Process> _processes = [];
    private readonly CancellationTokenSource _patience = new(TimeSpan.FromMinutes(2));
    private readonly SemaphoreSlim _tellings = new(0);
    private readonly TaskCompletionSource _secondHalf = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TestServer _server;

    public TwoProcessTests() => _server = new TestServer(AnswerAsync);

    private IEnumerable<TestRequest> Downloads => _server.Requests.Where(request => request.Path != DownloadingProcess.Telling);

    [Fact]
    public async Task One_downloads_and_the_other_finds_the_file()
    {
        Process first = await StartAndHearAsync(), second = await StartAndHearAsync();
        _secondHalf.SetResult();
        await AssertEndsWellAsync(first);
        await AssertEndsWellAsync(second);
        Assert.Single(Downloads);
    }

    [Fact]
    public async Task One_is_killed_and_the_other_goes_on_where_it_was()
    {
        Process first = await StartAndHearAsync(), second = await StartAndHearAsync();
        first.Kill();
        _secondHalf.SetResult();
        await AssertEndsWellAsync(second);
        Assert.Equal([0, Half], Downloads.Select(request => request.From));
    }

    public void Dispose()
    {
        foreach (Process process in _processes)
        {
            if (!process.HasExited) process.Kill();
            process.WaitForExit();
            process.Dispose();
        }
        _server.Dispose();
        _patience.Dispose();
        _tellings.Dispose();
        Directory.Delete(_home, recursive: true);
    }

    // The first half at once, the second when the test says so; a process tells when it sees the first, be it its own or another's.
    private async Task AnswerAsync(TestRequest request, Stream connection, CancellationToken serverEnds)
    {
        if (request.Path == DownloadingProcess.Telling)
        {
            _tellings.Release();
            await Answers.Status("204 No Content")(request, connection, serverEnds);
            return;
        }
        await Answers.Cut(TestHub.Bytes, request.From == 0 ? Half : TestHub.Bytes.Length)(request, connection, serverEnds);
        await _secondHalf.Task.WaitAsync(serverEnds);
        if (request.From == 0) await connection.WriteAsync(TestHub.Bytes.AsMemory(Half), serverEnds);
    }

    private async Task<Process> StartAndHearAsync()
    {
        string program = typeof(TwoProcessTests).Assembly.Location;
        ProcessStartInfo start = new(Environment.ProcessPath!)
        {
            ArgumentList = { "-explicit", "only", "-class", typeof(DownloadingProcess).FullName! },
            Environment = { ["FOVEA_HOME"] = _home, ["FOVEA_MIRROR"] = _server.Address.ToString(), ["FOVEA_OFFLINE"] = "", ["NO_PROXY"] = "127.0.0.1" },
            RedirectStandardOutput = true,
        };
        if (Path.GetFileNameWithoutExtension(start.FileName) == "dotnet") start.ArgumentList.Insert(0, program);
        Process process = Process.Start(start)!;
        _processes.Add(process);
        await _tellings.WaitAsync(_patience.Token);
        return process;
    }

    private async Task AssertEndsWellAsync(Process process)
    {
        string output = await process.StandardOutput.ReadToEndAsync(_patience.Token);
        await process.WaitForExitAsync(_patience.Token);
        Assert.True(process.ExitCode == 0, output);
    }
}
