using Fovea.Cli.Outputs;
using Fovea.Tests;

namespace Fovea.Cli.Tests.Outputs;

public sealed class OutputFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void File_appears_only_when_complete()
    {
        using OutputFile output = OutputFile.Create(_folder.File("x.npy"));
        output.Stream.Write("all of it"u8);
        Assert.False(File.Exists(_folder.File("x.npy")));
        output.Complete();
        Assert.Equal(["x.npy"], _folder.Names);
        Assert.Equal("all of it", File.ReadAllText(_folder.File("x.npy")));
    }

    [Fact]
    public void Unfinished_file_has_a_hidden_name_that_says_whose_it_is()
    {
        using OutputFile output = OutputFile.Create(_folder.File("x.npy"));
        Assert.Matches(@"^\.fovea-[0-9a-f]{16}\.partial$", Assert.Single(_folder.Names));
    }

    [Fact]
    public void Dispose_without_completing_leaves_nothing()
    {
        using (OutputFile output = OutputFile.Create(_folder.File("x.npy"))) output.Stream.Write("half of it"u8);
        Assert.Empty(_folder.Names);
    }

    [Fact]
    public void Dispose_without_completing_keeps_the_older_file()
    {
        File.WriteAllText(_folder.File("x.npy"), "older");
        using (OutputFile output = OutputFile.Create(_folder.File("x.npy"))) output.Stream.Write("half of it"u8);
        Assert.Equal(["x.npy"], _folder.Names);
        Assert.Equal("older", File.ReadAllText(_folder.File("x.npy")));
    }

    [Fact]
    public void Complete_replaces_a_longer_older_file()
    {
        File.WriteAllText(_folder.File("x.npy"), "older and longer");
        Write(_folder.File("x.npy"), "new"u8);
        Assert.Equal("new", File.ReadAllText(_folder.File("x.npy")));
    }

    [Fact]
    public void Complete_writes_through_a_symbolic_link_and_keeps_it()
    {
        Directory.CreateDirectory(_folder.File("elsewhere"));
        File.CreateSymbolicLink(_folder.File("x.npy"), "elsewhere/y.npy");
        Write(_folder.File("x.npy"), "new"u8);
        Assert.Equal("elsewhere/y.npy", new FileInfo(_folder.File("x.npy")).LinkTarget);
        Assert.Equal("new", File.ReadAllText(_folder.File("elsewhere/y.npy")));
        Assert.Equal(["elsewhere", "x.npy"], _folder.Names);
    }

    [Fact]
    public void Files_completed_together_appear_together()
    {
        using OutputFile names = OutputFile.Create(_folder.File("x.names.txt"));
        using OutputFile data = OutputFile.Create(_folder.File("x.npy"));
        OutputFile.CompleteTogether(names, data);
        Assert.Equal(["x.names.txt", "x.npy"], _folder.Names);
    }

    [Fact]
    public async Task Pipe_is_written_through()
    {
        string pipe = _folder.File("pipe.jsonl");
        Assert.SkipUnless(Programs.Run("mkfifo", pipe).ExitCode == 0, "no named pipes here");
        Task<string> reader = Task.Run(() => File.ReadAllText(pipe));
        Write(pipe, "through"u8);
        Assert.Equal("through", await reader);
        Assert.Equal(["pipe.jsonl"], _folder.Names);
    }

    [Fact]
    public void Standard_output_is_flushed_and_stays_open()
    {
        using MemoryStream standardOutput = new();
        using (OutputFile output = OutputFile.Standard(standardOutput))
        {
            output.Stream.Write("{}"u8);
            output.Complete();
        }
        Assert.True(standardOutput.CanWrite);
        Assert.Equal("{}"u8, standardOutput.ToArray());
    }

    [Fact]
    public void Spool_has_no_name_and_keeps_its_bytes()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "an open file keeps its name on Windows");
        using OutputFile output = OutputFile.Create(_folder.File("x.npz"));
        using FileStream spool = output.OpenSpool();
        Assert.Single(_folder.Names);                        // the output's own
        spool.Write("waiting"u8);
        spool.Position = 0;
        Assert.Equal("waiting", new StreamReader(spool).ReadToEnd());
    }

    private static void Write(string path, ReadOnlySpan<byte> bytes)
    {
        using OutputFile output = OutputFile.Create(path);
        output.Stream.Write(bytes);
        output.Complete();
    }
}
