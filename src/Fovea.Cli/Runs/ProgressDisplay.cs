using Fovea.Cli.CommandLine;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Fovea.Cli.Runs;

/// <summary>Pictures done, pictures per second and time left, redrawn on a terminal; messages pass above it.</summary>
internal sealed class ProgressDisplay
{
    private readonly Action<string> _writeLine;
    private readonly ProgressTask? _task;

    private ProgressDisplay(Action<string> writeLine, ProgressTask? task)
    {
        _writeLine = writeLine;
        _task = task;
    }

    /// <summary>Runs <paramref name="work"/> under a display, or without one.</summary>
    /// <param name="console">Progress and messages go to its error stream.</param>
    /// <param name="isShown">Whether progress is drawn.</param>
    /// <param name="count">Tells how many pictures there will be, or null; called beside the work, since it may take long.</param>
    /// <param name="work">The run.</param>
    public static async Task RunAsync(ToolConsole console, bool isShown, Func<long?> count, Func<ProgressDisplay, Task> work)
    {
        if (!isShown)
        {
            await work(new ProgressDisplay(console.Error.WriteLine, null));
            return;
        }
        IAnsiConsole terminal = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(console.Error) });
        Progress progress = terminal.Progress().AutoClear(true).Columns(new SpinnerColumn(), new DoneColumn(), new ProgressBarColumn(), new RateColumn(), new RemainingTimeColumn());
        await progress.StartAsync(async context =>
        {
            ProgressTask task = context.AddTask("pictures").IsIndeterminate();
            _ = Task.Run(() => Announce(task, count));
            await work(new ProgressDisplay(terminal.WriteLine, task));
        });
    }

    public void Advance() => _task?.Increment(1);

    public void WriteLine(string message) => _writeLine(message);

    private static void Announce(ProgressTask task, Func<long?> count)
    {
        try
        {
            if (count() is not { } pictures || pictures == 0) return;
            task.MaxValue = pictures;
            task.IsIndeterminate = false;
        }
        catch (Exception unknown) when (unknown is ImageException or IOException or UnauthorizedAccessException or OperationCanceledException)
        {
            // The run itself meets the same trouble and reports it; the display goes on without a total.
        }
    }

    private sealed class DoneColumn : ProgressColumn
    {
        public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) =>
            new Text(task.IsIndeterminate ? $"{task.Value:N0} pictures" : $"{task.Value:N0} of {task.MaxValue:N0} pictures");
    }

    private sealed class RateColumn : ProgressColumn
    {
        public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) => new Text($"{task.Speed ?? 0:N1}/s");
    }
}
