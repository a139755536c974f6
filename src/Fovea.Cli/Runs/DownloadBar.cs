using Fovea.Cli.CommandLine;
using Fovea.Hub;
using Spectre.Console;

namespace Fovea.Cli.Runs;

/// <summary>How far a download is, on standard error, for a person who looks at it; nothing is drawn when there is nothing to download.</summary>
internal static class DownloadBar
{
    /// <summary>Runs what may download, and shows it.</summary>
    /// <param name="console">Draws only where it shows progress.</param>
    /// <param name="isQuiet">Whether nothing is drawn anyway.</param>
    /// <param name="model">What the bar is called.</param>
    /// <param name="work">Gets where to tell its progress; null: nobody looks.</param>
    public static Task<T> ShowAsync<T>(ToolConsole console, bool isQuiet, string model, Func<IProgress<DownloadProgress>?, Task<T>> work) =>
        console.ShowsProgress && !isQuiet ? DrawAsync(console, model, work) : work(null);

    private static Task<T> DrawAsync<T>(ToolConsole console, string model, Func<IProgress<DownloadProgress>?, Task<T>> work)
    {
        IAnsiConsole terminal = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(console.Error) });
        return terminal.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new DownloadedColumn(), new TransferSpeedColumn(), new RemainingTimeColumn())
            .StartAsync(bars =>
            {
                ProgressTask? bar = null;
                return work(new Told(told =>
                {
                    bar ??= bars.AddTask(Markup.Escape(model));
                    bar.MaxValue = told.Total;
                    bar.Value = told.Bytes;
                }));
            });
    }

    private sealed class Told(Action<DownloadProgress> show) : IProgress<DownloadProgress>
    {
        public void Report(DownloadProgress value) => show(value);
    }
}
