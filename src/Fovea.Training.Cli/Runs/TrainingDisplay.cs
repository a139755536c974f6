using System.Globalization;
using Fovea.Cli.CommandLine;
using Fovea.Training.Optimization;
using Fovea.Training.Runs.Checkpoints;
using Fovea.Training.Runs.Metrics;
using Fovea.Training.Runs.Progress;
using Fovea.Training.Runs.Training;
using Spectre.Console;

namespace Fovea.Training.Cli.Runs;

/// <summary>What a person sees of a run: on a terminal a bar that is redrawn, elsewhere a line every half minute; messages pass above it.</summary>
internal sealed class TrainingDisplay : IRunObserver
{
    private static readonly TimeSpan LineEvery = TimeSpan.FromSeconds(30);

    private readonly ToolConsole _console;
    private readonly bool _isQuiet;
    private readonly TimeProvider _time;
    private readonly IAnsiConsole? _terminal;
    private ProgressTask? _bar;
    private RunLength? _length;
    private long _lineAt;

    private TrainingDisplay(ToolConsole console, bool isQuiet, IAnsiConsole? terminal, TimeProvider time)
    {
        _console = console;
        _isQuiet = isQuiet;
        _terminal = terminal;
        _time = time;
        _lineAt = time.GetTimestamp();
    }

    /// <summary>A session that this shows.</summary>
    public TrainingSession Session => new(this, Say, Warn);

    /// <summary>Runs <paramref name="work"/> under a display.</summary>
    public static void Run(ToolConsole console, bool isQuiet, Action<TrainingDisplay> work)
    {
        if (isQuiet || !console.ShowsProgress)
        {
            work(new TrainingDisplay(console, isQuiet, null, TimeProvider.System));
            return;
        }
        IAnsiConsole terminal = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(console.Error) });
        TrainingDisplay display = new(console, isQuiet, terminal, TimeProvider.System);
        terminal.Progress().AutoClear(true).Columns(new ProgressBarColumn(), new TaskDescriptionColumn { Alignment = Justify.Left }, new RemainingTimeColumn()).Start(context =>
        {
            display._bar = context.AddTask("preparing").IsIndeterminate();
            work(display);
        });
    }

    /// <summary>A message that stays.</summary>
    public void Say(string message)
    {
        if (_isQuiet) return;
        string line = OneLine.Of(message);
        if (_terminal is null) _console.Error.WriteLine(line);
        else _terminal.WriteLine(line);
    }

    /// <summary>A message that even `--quiet` lets through.</summary>
    public void Warn(string message)
    {
        string line = OneLine.Of(message);
        if (_terminal is null) _console.Error.WriteLine(line);
        else _terminal.WriteLine(line);
    }

    public void Begins(RunCounters counters, RunLength length, MetricsHistory history)
    {
        _length = length;
        Say(counters.Step == 0
            ? string.Create(CultureInfo.InvariantCulture, $"{length.Steps:N0} steps of {length.PicturesPerStep} pictures: {length.Epochs} epochs of {length.StepsPerEpoch:N0} steps.")
            : string.Create(CultureInfo.InvariantCulture, $"going on at step {counters.Step + 1:N0} of {length.Steps:N0} (epoch {counters.Epoch + 1} of {length.Epochs})."));
        if (_bar is null) return;
        _bar.IsIndeterminate(false);
        _bar.MaxValue = length.Steps;
        _bar.Value = counters.Step;
    }

    public void Stepped(StepReport report, Throughput throughput)
    {
        TrainingProgress progress = TrainingProgress.Of(report, throughput, _length!);
        if (_bar is not null)
        {
            _bar.Value = report.Step;
            _bar.Description = progress.ToString();
            return;
        }
        if (_isQuiet || _time.GetElapsedTime(_lineAt) < LineEvery) return;
        _lineAt = _time.GetTimestamp();
        _console.Error.WriteLine($"{progress}, {progress.LeftText} left");
    }

    public void Logged(MetricsLine line)
    {
        IEnumerable<MetricValue> looked = line.Values.Where(value => value.Metric.Kind == MetricKind.Evaluation);
        if (!looked.Any()) return;
        Say(string.Create(CultureInfo.InvariantCulture, $"after step {line.Step:N0}: {string.Join(", ", looked.Select(Text))}"));
    }

    public void Saved(RunCounters counters, MetricsHistory history)
    {
    }

    private static string Text(MetricValue value) => value.Metric.Unit == "%"
        ? string.Create(CultureInfo.InvariantCulture, $"{value.Metric.Title} {100 * value.Value:F1} %")
        : string.Create(CultureInfo.InvariantCulture, $"{value.Metric.Title} {value.Value:G4}");
}
