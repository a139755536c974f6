using Fovea.Cli.Tests.Outputs;
using Fovea.Tests;
using Fovea.Training.Runs;
using Fovea.Training.Runs.Metrics;
using Tensorboard;

namespace Fovea.Training.Tests.Runs.Metrics;

public sealed class RunMetricsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FixedTime _time = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Checksum_of_the_independent_reader_is_the_one_of_the_books() => Assert.Equal(0xE3069283, RecordFile.Crc("123456789"u8));

    [Fact]
    public void Scalars_read_back_with_step_time_and_group()
    {
        using (RunMetrics metrics = RunMetrics.Create(_folder.Path, _time))
        {
            _time.Passed = TimeSpan.FromSeconds(1.5);
            metrics.Write(100, 1, KnownMetrics.Loss.Of(0.25), KnownMetrics.RankMe.Of(20.5), KnownMetrics.TargetVariance.Of(double.NaN));
        }
        List<Event> events = RecordFile.Read(Assert.Single(EventFiles()));
        Assert.Equal("brain.Event:2", events[0].FileVersion);
        Event written = events[1];
        Assert.Equal(2, events.Count);
        Assert.Equal(100, written.Step);
        Assert.Equal(FixedTime.Start.ToUnixTimeSeconds() + 1.5, written.WallTime);
        Assert.Equal([("training/loss", 0.25f), ("evaluation/rankme", 20.5f), ("health/target_variance", float.NaN)], written.Summary.Value.Select(value => (value.Tag, value.SimpleValue)));
    }

    [Fact]
    public void File_is_whole_after_every_line()
    {
        using RunMetrics metrics = RunMetrics.Create(_folder.Path, _time);
        for (int step = 1; step <= 3; step++)
        {
            metrics.Write(step, 0, KnownMetrics.Loss.Of(1));
            Assert.Equal(step + 1, RecordFile.Read(Assert.Single(EventFiles())).Count);
        }
    }

    [Fact]
    public void Given_a_resumed_run_When_TensorBoard_reads_its_files_in_order_Then_a_session_start_drops_the_steps_that_were_lost()
    {
        using (RunMetrics first = RunMetrics.Create(_folder.Path, _time))
        {
            for (int step = 1; step <= 5; step++) first.Write(step, 0, KnownMetrics.Loss.Of(step));
        }
        using (RunMetrics second = RunMetrics.Resume(_folder.Path, 3, _time)) second.Write(4, 0, KnownMetrics.Loss.Of(40));

        string[] files = EventFiles();
        Assert.Equal(2, files.Length);                                         // the clock stood still: the later file has the later name all the same
        List<Event> resumed = RecordFile.Read(files[1]);
        Assert.Equal(SessionLog.Types.SessionStatus.Start, resumed[1].SessionLog.Status);
        Assert.Equal([1.0, 2, 3, 40], Shown(files));
        Assert.Equal([1.0, 2, 3, 40], MetricsLog.Read(_folder.Path).Select(line => line[KnownMetrics.Loss]!.Value));
    }

    [Fact]
    public void Name_of_the_file_says_nothing_about_the_machine()
    {
        RunMetrics.Create(_folder.Path, _time).Dispose();
        Assert.Equal($"events.out.tfevents.{FixedTime.Start.ToUnixTimeSeconds()}.fovea", Path.GetFileName(Assert.Single(EventFiles())));
    }

    [Fact]
    public void History_holds_what_was_logged_before_an_interruption_too()
    {
        using (RunMetrics first = RunMetrics.Create(_folder.Path, _time)) first.Write(1, 0, KnownMetrics.Loss.Of(3));
        using RunMetrics second = RunMetrics.Resume(_folder.Path, 1, _time);
        second.Write(2, 0, KnownMetrics.Loss.Of(2));
        Assert.Equal([new MetricPoint(1, 3), new MetricPoint(2, 2)], second.History[KnownMetrics.Loss]);
    }

    [Fact]
    public void Given_a_disk_that_fills_up_When_writing_Then_one_sentence_says_so()
    {
        using TinyDisk disk = new();
        string folder = Path.GetDirectoryName(disk.File("x"))!;
        using RunMetrics metrics = RunMetrics.Create(folder, _time);
        RunException refusal = Assert.Throws<RunException>(() =>
        {
            for (int step = 1; step < 100_000; step++) metrics.Write(step, 0, KnownMetrics.Loss.Of(1));
        });
        Assert.Contains("cannot be written: No space left on device", refusal.Message, StringComparison.Ordinal);
    }

    // What TensorBoard does with a folder: files by name, records in order; a session that starts at a step drops that step and later ones.
    private static List<double> Shown(string[] files)
    {
        List<(long Step, double Value)> shown = [];
        foreach (Event record in files.SelectMany(RecordFile.Read))
        {
            if (record.SessionLog?.Status == SessionLog.Types.SessionStatus.Start) shown.RemoveAll(point => point.Step >= record.Step);
            if (record.Summary is not null) shown.Add((record.Step, record.Summary.Value.Single().SimpleValue));
        }
        return [.. shown.Select(point => point.Value)];
    }

    private string[] EventFiles() => [.. _folder.Names.Where(name => name.StartsWith("events.", StringComparison.Ordinal)).Select(_folder.File)];
}
