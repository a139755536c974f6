using System.Runtime.InteropServices;
using System.Text;
using Fovea.Cli.Outputs;
using Fovea.Tests;
using FsCheck.Xunit;

namespace Fovea.Cli.Tests.Outputs;

public sealed class NpyEmbeddingWriterTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Data_begin_at_byte_128_row_after_row()
    {
        EmbeddingRow[] rows = EmbeddingRow.Awkward(5);
        EmbeddingRow.WriteAll(_folder.File("x.npy"), rows, 5, hasLabels: false);
        byte[] file = File.ReadAllBytes(_folder.File("x.npy"));
        Assert.Equal([0x93, .. "NUMPY"u8, 1, 0, 118, 0], file[..10]);
        Assert.Equal($"{{'descr': '<f4', 'fortran_order': False, 'shape': ({rows.Length}, 5), }}".PadRight(117) + "\n", Encoding.ASCII.GetString(file[10..128]));
        Assert.Equal(MemoryMarshal.AsBytes<float>(rows.SelectMany(row => row.Embedding).ToArray()), file.AsSpan(128));
    }

    [Fact]
    public void Names_have_a_line_each_with_backslashes_and_line_breaks_escaped()
    {
        EmbeddingRow.WriteAll(_folder.File("x.npy"), EmbeddingRow.Awkward(5), 5, hasLabels: false);
        string[] lines = File.ReadAllText(_folder.File("x.names.txt")).Split('\n');
        Assert.Equal([.. SampleNames.Awkward, ""], lines.Select(Unescape));
        Assert.Equal("line\\nbreak.jpg", lines[4]);
        Assert.NotEqual(0xEF, File.ReadAllBytes(_folder.File("x.names.txt"))[0]);       // no byte order mark
    }

    [Fact]
    public void Numpy_reads_the_same_bits()
    {
        EmbeddingRow[] rows = EmbeddingRow.Awkward(7);
        EmbeddingRow.WriteAll(_folder.File("x.npy"), rows, 7, hasLabels: false);
        string read = Programs.NumPy("a = np.load(sys.argv[1], mmap_mode='r', allow_pickle=False); print(a.dtype.str, a.shape, a.tobytes().hex())", _folder.File("x.npy"));
        byte[] values = MemoryMarshal.AsBytes<float>(rows.SelectMany(row => row.Embedding).ToArray()).ToArray();
        Assert.Equal($"<f4 ({rows.Length}, 7) {Convert.ToHexStringLower(values)}", read);
    }

    [Fact]
    public void Numpy_reads_a_file_without_rows()
    {
        EmbeddingRow.WriteAll(_folder.File("x.npy"), [], 7, hasLabels: false);
        Assert.Equal("float32 (0, 7)", Programs.NumPy("a = np.load(sys.argv[1]); print(a.dtype, a.shape)", _folder.File("x.npy")));
        Assert.Empty(File.ReadAllBytes(_folder.File("x.names.txt")));
    }

    [Fact]
    public void Pipe_is_refused_with_what_to_do()
    {
        string pipe = _folder.File("pipe.npy");
        Assert.SkipUnless(Programs.Run("mkfifo", pipe).ExitCode == 0, "no named pipes here");
        OutputException refusal = Assert.Throws<OutputException>(() => EmbeddingWriter.Create(pipe, 7, hasLabels: false, Stream.Null));
        Assert.Contains("is a pipe", refusal.Message, StringComparison.Ordinal);
    }

    [Property]
    public void Every_name_is_one_line_that_gives_the_name_back(string? name)
    {
        string line = NameLine.Escape(name ?? "");
        Assert.DoesNotContain('\n', line);
        Assert.DoesNotContain('\r', line);
        Assert.Equal(name ?? "", Unescape(line));
    }

    [Property]
    public void Names_of_backslashes_and_line_breaks_stay_different(byte[] choices)
    {
        string name = string.Concat((choices ?? []).Select(choice => "\\\n\rnr"[choice % 5]));
        Assert.Equal(name, Unescape(NameLine.Escape(name)));
    }

    /// <summary>The reader that docs/formats.md describes.</summary>
    private static string Unescape(string line)
    {
        StringBuilder name = new();
        for (int index = 0; index < line.Length; index++)
        {
            if (line[index] != '\\') name.Append(line[index]);
            else name.Append(line[++index] switch { 'n' => '\n', 'r' => '\r', '\\' => '\\', char other => throw new FormatException($"unknown escape \\{other}") });
        }
        return name.ToString();
    }
}
