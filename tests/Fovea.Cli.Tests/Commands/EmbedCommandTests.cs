using System.Diagnostics;
using System.Text.Json.Nodes;
using Fovea.Tests;

namespace Fovea.Cli.Tests.Commands;

public sealed class EmbedCommandTests : IDisposable
{
    private readonly PictureFolder _pictures = new("a.png", "b.jpg", "c.png");

    public void Dispose() => _pictures.Dispose();

    [Fact]
    public async Task Without_output_each_picture_is_a_JSON_line_in_order()
    {
        ToolRun run = await ToolRun.Of("embed", _pictures.Path, "-m", PictureFolder.Model);
        Assert.True(run.ExitCode == 0, run.Error);
        JsonObject[] lines = [.. run.OutputLines.Select(line => JsonNode.Parse(line)!.AsObject())];
        Assert.Equal(["a.png", "b.jpg", "c.png"], lines.Select(line => (string)line["sample"]!));
        Assert.All(lines, line => Assert.Equal(["sample", "embedding"], line.Select(field => field.Key)));
        using ImageEncoder encoder = ImageEncoder.Load(PictureFolder.Model);
        // Bulk runs have one thread inside a matrix product, single ones all: the last bits may differ.
        Assert.All(lines, line => Assert.All(
            encoder.Embed(_pictures.File((string)line["sample"]!)).Zip(line["embedding"]!.AsArray()), pair => Assert.Equal(pair.First, (float)pair.Second!, 1e-5)));
        Assert.Contains("3 pictures", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("out.npy", "out.names.txt")]
    [InlineData("out.parquet")]
    [InlineData("out.jsonl")]
    public async Task Output_and_its_companions_are_written_and_nothing_else(params string[] files)
    {
        using PictureFolder output = new();
        ToolRun run = await ToolRun.Of("embed", _pictures.Path, "-m", PictureFolder.Model, "-o", output.File(files[0]));
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Empty(run.Output);
        Assert.Equal(files.Order(StringComparer.Ordinal), output.Names);
    }

    [Fact]
    public async Task Summary_as_JSON_counts_and_lists_what_was_skipped()
    {
        _pictures.Cut("b.jpg");
        using PictureFolder output = new();
        ToolRun run = await ToolRun.Of("embed", _pictures.Path, "-m", PictureFolder.Model, "-o", output.File("out.npy"), "--json", "--quiet");
        JsonObject summary = JsonNode.Parse(run.Output)!.AsObject();
        Assert.Equal((2, 1), ((int)summary["pictures"]!, (int)summary["skipped"]!));
        Assert.Equal("b.jpg", (string)summary["skipped_pictures"]![0]!["sample"]!);
    }

    [Fact]
    public async Task Cut_picture_among_good_ones_is_skipped_listed_and_counted()
    {
        _pictures.Cut("b.jpg");
        ToolRun run = await ToolRun.Of("embed", _pictures.Path, "-m", PictureFolder.Model);
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(2, run.OutputLines.Length);
        Assert.Contains("skipped b.jpg: ", run.Error, StringComparison.Ordinal);
        Assert.Contains("2 pictures, 1 skipped", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Strict_run_ends_at_the_first_bad_picture_and_leaves_nothing()
    {
        _pictures.Cut("b.jpg");
        using PictureFolder output = new();
        ToolRun run = await ToolRun.Of("embed", _pictures.Path, "-m", PictureFolder.Model, "-o", output.File("out.npy"), "--strict");
        run.AssertRefused(1, "b.jpg");
        Assert.Empty(output.Names);
    }

    [Fact]
    public async Task Run_in_which_no_picture_can_be_used_fails_and_leaves_nothing()
    {
        using PictureFolder output = new();
        await File.WriteAllTextAsync(_pictures.File("only.txt"), "no picture");
        ToolRun run = await ToolRun.Of("embed", _pictures.File("only.txt"), "-m", PictureFolder.Model, "-o", output.File("out.npy"));
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("no picture could be used", run.Error, StringComparison.Ordinal);
        Assert.Empty(output.Names);
    }

    [Fact]
    public async Task Stopped_run_ends_with_130_and_leaves_nothing()
    {
        using PictureFolder output = new();
        using CancellationTokenSource stop = new();
        // Names on standard input never end; the third stops the run, as Ctrl-C would.
        using NamesThatStop names = new(_pictures.File("a.png"), stop);
        ToolRun run = await ToolRun.With(names, stop.Token, "embed", "-", "-m", PictureFolder.Model, "-o", output.File("out.npy"));
        run.AssertRefused(130, "stopped");
        Assert.Empty(output.Names);
    }

    [Fact]
    public async Task Names_come_from_standard_input()
    {
        ToolRun run = await ToolRun.WithInput($"{_pictures.File("c.png")}\n\n{_pictures.File("a.png")}\n", "embed", "-", "-m", PictureFolder.Model);
        Assert.Equal([_pictures.File("c.png"), _pictures.File("a.png")], run.OutputLines.Select(line => (string)JsonNode.Parse(line)!["sample"]!));
    }

    [Fact]
    public async Task Existing_output_survives_a_failed_run()
    {
        using PictureFolder output = new();
        await File.WriteAllTextAsync(output.File("out.npy"), "precious");
        _pictures.Cut("a.png");
        await ToolRun.Of("embed", _pictures.Path, "-m", PictureFolder.Model, "-o", output.File("out.npy"), "--strict");
        Assert.Equal("precious", await File.ReadAllTextAsync(output.File("out.npy")));
    }

    [Fact]
    public async Task What_a_hurried_person_gets_wrong_is_answered_by_a_sentence()
    {
        string good = _pictures.Path, model = PictureFolder.Model;
        (await ToolRun.Of("embed", "-m", model)).AssertRefused(2, "PATH");
        (await ToolRun.Of("embed", good, "-m", "nowhere.pt")).AssertRefused(1, "nowhere.pt", "check the path");
        (await ToolRun.Of("embed", good, "-m", _pictures.File("a.png"))).AssertRefused(1, "is a picture, not a checkpoint");
        (await ToolRun.Of("embed", good, "-m", good)).AssertRefused(1, "folder");
        (await ToolRun.Of("embed", _pictures.File("nowhere"), "-m", model)).AssertRefused(1, "nowhere");
        (await ToolRun.Of("embed", good, "-m", model, "-o", _pictures.File("out.csv"))).AssertRefused(2, ".npy", ".parquet", ".jsonl");
        (await ToolRun.Of("embed", good, "-m", model, "-o", _pictures.File("no/out.npy"))).AssertRefused(1, "no");
        (await ToolRun.Of("embed", good, "-m", model, "--size", "65")).AssertRefused(2, "patches of 8");
        (await ToolRun.Of("embed", good, "-m", model, "--size", "65528")).AssertRefused(2, "65528x65528");
        (await ToolRun.Of("embed", good, "-m", model, "--size", "big")).AssertRefused(2, "224x320");
        (await ToolRun.Of("embed", good, "-m", model, "--threads", "0")).AssertRefused(2, "threads");
        (await ToolRun.Of("embed", good, "-m", model, "--modle")).AssertRefused(2, "--modle");
        (await ToolRun.Of("embed", "-", good, "-m", model)).AssertRefused(2, "standard input");
        (await ToolRun.Of("embed", good, "-m", model, "--threads", "x")).AssertRefused(2, "'x' is no number of threads");
        (await ToolRun.Of("embed", good, "-m", "")).AssertRefused(2, "-m is empty");
        (await ToolRun.Of("embed", good, "-m", model, "-o", _pictures.File(".npy"))).AssertRefused(2, "nothing before its extension");
        (await ToolRun.Of("embed", good, "-m", model, "--size", "8192")).AssertRefused(2, "GB", "choose a smaller picture size");
    }

    [Fact]
    public async Task Control_characters_in_a_name_do_not_reach_the_terminal()
    {
        File.Move(_pictures.File("b.jpg"), _pictures.File("two\nlines\u001b[31m.jpg"));
        _pictures.Cut("two\nlines\u001b[31m.jpg");
        ToolRun run = await ToolRun.Of("embed", _pictures.Path, "-m", PictureFolder.Model);
        Assert.Contains("skipped two\\u000Alines\\u001B[31m.jpg: ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task File_that_looks_like_an_option_can_be_given_behind_two_dashes()
    {
        string here = Directory.GetCurrentDirectory();
        File.Copy(_pictures.File("a.png"), Path.Combine(here, "-dash.png"), overwrite: true);
        try
        {
            Assert.Equal(0, (await ToolRun.Of("embed", "-m", PictureFolder.Model, "--", "-dash.png")).ExitCode);
            (await ToolRun.Of("embed", "-m", PictureFolder.Model, "-dash.png")).AssertRefused(2, "./-dash.png");
        }
        finally
        {
            File.Delete(Path.Combine(here, "-dash.png"));
        }
    }

    [Fact]
    public async Task Picture_of_a_format_that_is_not_read_is_refused_by_name()
    {
        await File.WriteAllBytesAsync(_pictures.File("scan.tif"), [.. "II*\0"u8, .. new byte[40]]);
        ToolRun run = await ToolRun.Of("embed", _pictures.Path, "-m", PictureFolder.Model);
        Assert.Contains("skipped scan.tif: is a TIFF picture", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pipe_is_refused_for_an_array_before_anybody_waits()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "named pipes are made by mkfifo");
        using (Process make = Process.Start("mkfifo", _pictures.File("pipe.npy"))) await make.WaitForExitAsync();
        (await ToolRun.Of("embed", _pictures.File("a.png"), "-m", PictureFolder.Model, "-o", _pictures.File("pipe.npy"))).AssertRefused(1, "is a pipe");
    }

    [Fact]
    public async Task Closed_standard_output_ends_the_run()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the shell's pipe is Linux's");
        string tool = Path.Combine(AppContext.BaseDirectory, "Fovea.Cli.dll");
        string list = string.Join(' ', Enumerable.Repeat($"'{_pictures.Path}'", 200));
        using Process shell = Process.Start(new ProcessStartInfo("bash", ["-c", $"dotnet '{tool}' embed {list} -m '{PictureFolder.Model}' | head -1 > /dev/null; exit ${{PIPESTATUS[0]}}"])
        {
            RedirectStandardError = true,
        })!;
        string error = await shell.StandardError.ReadToEndAsync();
        await shell.WaitForExitAsync();
        Assert.Equal(1, shell.ExitCode);
        Assert.Contains("nobody reads it any more", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Orientation_is_applied_only_when_asked()
    {
        string turned = TestFolders.InRepository("samples", "images", "fruit-turned.jpg");
        ToolRun stored = await ToolRun.Of("embed", turned, "-m", PictureFolder.Model), upright = await ToolRun.Of("embed", turned, "-m", PictureFolder.Model, "--exif");
        Assert.NotEqual(stored.Output, upright.Output);
    }

    [Fact]
    [Trait("Category", "Data")]
    public async Task Labels_of_a_data_set_are_written()
    {
        string dataset = Path.Combine(TestFolders.Data("caltech101"), "_info.json");
        ToolRun run = await ToolRun.Of("embed", $"{dataset}#val", "-m", PictureFolder.Model, "--quiet");
        Assert.True(run.ExitCode == 0, run.Error);
        JsonNode[] lines = [.. run.OutputLines.Select(line => JsonNode.Parse(line)!)];
        Assert.Equal(202, lines.Length);
        Assert.Equal(101, lines.Select(line => (int)line["label"]!).Distinct().Count());
        Assert.All(lines, line => Assert.StartsWith("caltech101-val-00.tar/", (string)line["sample"]!, StringComparison.Ordinal));
    }

    private sealed class NamesThatStop(string name, CancellationTokenSource stop) : TextReader
    {
        private readonly string _line = name + "\n";
        private int _read;

        public override int Read()
        {
            if (_read == 3 * _line.Length) stop.Cancel();
            return _line[_read++ % _line.Length];
        }
    }
}
