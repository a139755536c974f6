using Fovea.Cli.Tests.Outputs;
using Fovea.Tests;
using Fovea.Training.Runs;
using Fovea.Training.Runs.Metrics;

namespace Fovea.Training.Tests.Runs.Metrics;

public sealed class MetricsLogTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private string FilePath => _folder.File(MetricsLog.FileName);

    [Fact]
    public void Line_can_be_read_by_others_as_soon_as_it_is_written()
    {
        using MetricsLog log = MetricsLog.Create(_folder.Path);
        log.Write(new MetricsLine(10, 0, KnownMetrics.Loss.Of(0.5)));
        Assert.Equal(0.5, Assert.Single(MetricsLog.Read(_folder.Path))[KnownMetrics.Loss]);
    }

    [Fact]
    public void Given_a_run_interrupted_at_any_byte_When_it_is_resumed_Then_its_file_equals_an_uninterrupted_one()
    {
        WriteSteps(MetricsLog.Create(_folder.Path), 1, 5);
        byte[] whole = File.ReadAllBytes(FilePath);
        int kept = LengthOfSteps(whole, 2);                                    // the checkpoint knows two steps; the log does too, since it is flushed first
        for (int length = kept; length <= whole.Length; length++)
        {
            File.WriteAllBytes(FilePath, whole[..length]);
            WriteSteps(MetricsLog.Resume(_folder.Path, 2), 3, 5);
            Assert.Equal(whole, File.ReadAllBytes(FilePath));
        }
    }

    [Fact]
    public void Resume_keeps_every_line_of_the_checkpoints_step()
    {
        using (MetricsLog log = MetricsLog.Create(_folder.Path))
        {
            log.Write(new MetricsLine(2, 0, KnownMetrics.Loss.Of(0.5)));
            log.Write(new MetricsLine(2, 0, KnownMetrics.RankMe.Of(20)));
            log.Write(new MetricsLine(3, 0, KnownMetrics.Loss.Of(0.25)));
        }
        using (MetricsLog resumed = MetricsLog.Resume(_folder.Path, 2))
        {
            Assert.Equal(2, resumed.History.LastStep);
            Assert.Equal([20], resumed.History[KnownMetrics.RankMe].Select(point => point.Value));
        }
        Assert.Equal(2, File.ReadAllLines(FilePath).Length);
    }

    [Fact]
    public void Resume_without_a_file_begins_one()
    {
        WriteSteps(MetricsLog.Resume(_folder.Path, 7), 8, 9);
        Assert.Equal([8, 9], MetricsLog.Read(_folder.Path).Select(line => line.Step));
    }

    [Fact]
    public void Lines_longer_than_any_buffer_are_read()
    {
        MetricValue[] many = [.. Enumerable.Range(0, 20_000).Select(number => new Metric($"figure_{number}", MetricKind.Training, "", "", "").Of(number))];
        using (MetricsLog log = MetricsLog.Create(_folder.Path)) log.Write(new MetricsLine(1, 0, many));
        Assert.Equal(many.Length, Assert.Single(MetricsLog.Read(_folder.Path)).Values.Count);
    }

    [Fact]
    public void Create_where_a_run_is_refuses()
    {
        WriteSteps(MetricsLog.Create(_folder.Path), 1, 1);
        Assert.Contains("already holds a run", Assert.Throws<RunException>(() => MetricsLog.Create(_folder.Path)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"step\":1,\"epoch\":0,\"loss\":1}\nhello\n{\"step\":2,\"epoch\":0,\"loss\":1}\n", "line 2 is no line of metrics")]
    [InlineData("{\"step\":2,\"epoch\":0,\"loss\":1}\n{\"step\":1,\"epoch\":0,\"loss\":1}\n", "step 1 comes after step 2")]
    public void Resume_of_another_file_says_which_line_and_changes_nothing(string content, string sentence)
    {
        File.WriteAllText(FilePath, content);
        Assert.Contains(sentence, Assert.Throws<RunException>(() => MetricsLog.Resume(_folder.Path, 9)).Message, StringComparison.Ordinal);
        Assert.Equal(content, File.ReadAllText(FilePath));
    }

    [Fact]
    public void Resume_of_a_large_file_without_lines_refuses_before_it_fills_the_memory()
    {
        using (FileStream huge = File.Create(FilePath)) huge.SetLength(1L << 32);
        Assert.Contains("it is too long", Assert.Throws<RunException>(() => MetricsLog.Resume(_folder.Path, 9)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Step_before_the_last_one_is_refused_and_not_written()
    {
        using MetricsLog log = MetricsLog.Create(_folder.Path);
        log.Write(new MetricsLine(2, 0, KnownMetrics.Loss.Of(1)));
        Assert.Throws<ArgumentException>(() => log.Write(new MetricsLine(1, 0, KnownMetrics.Loss.Of(1))));
        Assert.Single(MetricsLog.Read(_folder.Path));
    }

    [Fact]
    public void Folder_that_may_not_be_written_is_refused_in_one_sentence()
    {
        RunException refusal = Assert.Throws<RunException>(() => MetricsLog.Create(_folder.File("absent")));
        Assert.StartsWith($"{_folder.File("absent/metrics.jsonl")} cannot be written: ", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Given_a_disk_that_fills_up_When_the_run_is_resumed_with_room_Then_the_cut_line_is_gone()
    {
        using TinyDisk disk = new();
        long lastWhole = 0;
        using (MetricsLog log = MetricsLog.Create(Path.GetDirectoryName(disk.File("x"))!))
        {
            RunException refusal = Assert.Throws<RunException>(() =>
            {
                for (long step = 1; step < 100_000; step++)
                {
                    log.Write(new MetricsLine(step, 0, KnownMetrics.Loss.Of(1.0 / step)));
                    lastWhole = step;
                }
            });
            Assert.StartsWith($"{disk.File(MetricsLog.FileName)} cannot be written: No space left on device", refusal.Message, StringComparison.Ordinal);
        }
        using MetricsLog resumed = MetricsLog.Resume(Path.GetDirectoryName(disk.File("x"))!, lastWhole - 10);
        resumed.Write(new MetricsLine(lastWhole - 9, 0, KnownMetrics.Loss.Of(2)));
        Assert.Equal(lastWhole - 9, MetricsLog.Read(Path.GetDirectoryName(disk.File("x"))!)[^1].Step);
    }

    private static void WriteSteps(MetricsLog log, long first, long last)
    {
        using (log)
        {
            for (long step = first; step <= last; step++) log.Write(new MetricsLine(step, step / 3, KnownMetrics.Loss.Of(1.0 / step), KnownMetrics.Momentum.Of(0.996)));
        }
    }

    private static int LengthOfSteps(byte[] file, int lines)
    {
        int length = 0;
        for (int line = 0; line < lines; line++) length = Array.IndexOf(file, (byte)'\n', length) + 1;
        return length;
    }
}
