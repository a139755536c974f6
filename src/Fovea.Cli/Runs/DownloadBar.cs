using System.Globalization;
using Fovea.Cli.CommandLine;
using Fovea.Hub;
using Spectre.Console;

namespace Fovea.Cli.Runs;

/// <summary>How far a download is, on standard error: a bar for a person who looks at it, else one line that it has begun; nothing when there is nothing to download.</summary>
internal static class DownloadBar
{
    /// <summary>Runs what may download, and shows it.</summary>
    /// <param name="console">Draws only where it shows progress.</param>
    /// <param name="isQuiet">Whether nothing is said anyway.</param>
    /// <param name="model">What the bar is called.</param>
    /// <param name="work">Gets where to tell its progress; null: nobody looks.</param>
    /// <exception cref="ToolException">The user stopped a download; the sentence says that it can go on.</exception>
    public static async Task<T> ShowAsync<T>(ToolConsole console, bool isQuiet, string model, Func<IProgress<DownloadProgress>?, Task<T>> work)
    {
        bool hasBegun = false;
        Task<T> Watched(IProgress<DownloadProgress>? shown) => work(new Told(told =>
        {
            hasBegun = true;
            shown?.Report(told);
        }));
        try
        {
            if (isQuiet) return await Watched(null);
            return console.ShowsProgress ? await DrawAsync(console, model, Watched) : await Watched(OneLine(console, model));
        }
        catch (OperationCanceledException) when (hasBegun)
        {
            throw new ToolException("stopped; what was downloaded is kept, and the same command goes on from there.", ExitCode.Cancelled);
        }
    }

    private static Told OneLine(ToolConsole console, string model)
    {
        bool isSaid = false;
        return new Told(told =>
        {
            if (isSaid) return;
            isSaid = true;
            console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"downloading {model}, {told.Total / 1e6:N0} MB"));
        });
    }

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
