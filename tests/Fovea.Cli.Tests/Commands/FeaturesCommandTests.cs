using System.IO.Compression;
using System.Text;

namespace Fovea.Cli.Tests.Commands;

public sealed class FeaturesCommandTests : IDisposable
{
    private readonly PictureFolder _pictures = new("a.png", "b.jpg");
    private readonly PictureFolder _output = new();

    public void Dispose()
    {
        _pictures.Dispose();
        _output.Dispose();
    }

    [Fact]
    public async Task Neck_is_the_layer_unless_another_is_asked_for()
    {
        ToolRun run = await ToolRun.Of("features", _pictures.Path, "-m", PictureFolder.Model, "-o", _output.File("f.npz"));
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Equal(["names.npy: (2)", "neck.npy: (2, 64, 8, 8)"], Arrays("f.npz"));
    }

    [Fact]
    public async Task Each_layer_is_an_array()
    {
        ToolRun run = await ToolRun.Of("features", _pictures.Path, "-m", PictureFolder.Model, "-o", _output.File("f.npz"), "--layer", "neck", "--layer", "0", "--layer", "tokens");
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Equal(["0.npy: (2, 64, 8, 8)", "names.npy: (2)", "neck.npy: (2, 64, 8, 8)", "tokens.npy: (2, 68, 64)"], Arrays("f.npz"));
    }

    [Fact]
    public async Task What_a_hurried_person_gets_wrong_is_answered_by_a_sentence()
    {
        string good = _pictures.Path, model = PictureFolder.Model;
        (await ToolRun.Of("features", good, "-m", model)).AssertRefused(2, "--output");
        (await ToolRun.Of("features", good, "-m", model, "-o", _output.File("f.npy"))).AssertRefused(2, ".npz");
        (await ToolRun.Of("features", good, "-m", model, "-o", _output.File("f.npz"), "--layer", "4")).AssertRefused(2, "blocks 0 to 3");
        (await ToolRun.Of("features", good, "-m", model, "-o", _output.File("f.npz"), "--layer", "last")).AssertRefused(2, "'last'", "neck");
        Assert.Empty(_output.Names);
    }

    private string[] Arrays(string file)
    {
        using ZipArchive archive = ZipFile.OpenRead(_output.File(file));
        return [.. archive.Entries.Select(entry => $"{entry.FullName}: {Shape(entry)}").Order(StringComparer.Ordinal)];
    }

    // The header of a .npy is a Python dictionary: {'descr': '<f4', 'fortran_order': False, 'shape': (2, 64, 8, 8), }
    private static string Shape(ZipArchiveEntry entry)
    {
        byte[] start = new byte[128];
        using Stream stream = entry.Open();
        stream.ReadExactly(start);
        string header = Encoding.Latin1.GetString(start);
        int open = header.IndexOf('(', StringComparison.Ordinal);
        return header[open..(header.IndexOf(')', StringComparison.Ordinal) + 1)].Replace(",)", ")", StringComparison.Ordinal);
    }
}
