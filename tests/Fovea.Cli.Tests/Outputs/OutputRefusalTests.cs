using Fovea.Cli.Outputs;
using Fovea.Tests;

namespace Fovea.Cli.Tests.Outputs;

public sealed class OutputRefusalTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>Each form, far larger than a disk of 64 KB, and than any buffer in front of /dev/full.</summary>
    public static TheoryData<string> Forms => [".npy", ".parquet", ".jsonl", ".npz"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Create_in_a_folder_that_does_not_exist_names_it()
    {
        OutputException refusal = Refusal(_folder.File("absent/x.npy"));
        Assert.Equal($"{_folder.File("absent/x.npy")}: there is no folder '{_folder.File("absent")}'; create it or name another place.", refusal.Message);
        Assert.Empty(_folder.Names);
    }

    [Fact]
    public void Create_on_a_folder_is_refused()
    {
        Directory.CreateDirectory(_folder.File("x.npy"));
        Assert.EndsWith("is a folder; name a file in it.", Refusal(_folder.File("x.npy")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Create_below_a_file_is_refused()
    {
        File.WriteAllText(_folder.File("file"), "");
        Assert.Contains("there is no folder", Refusal(_folder.File("file/x.npy")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Create_on_a_file_protected_against_writing_is_refused()
    {
        Assert.SkipWhen(Environment.IsPrivilegedProcess, "root may write everywhere: this test needs another user");
        File.WriteAllText(_folder.File("x.npy"), "protected");
        File.SetAttributes(_folder.File("x.npy"), FileAttributes.ReadOnly);
        OutputException refusal = Refusal(_folder.File("x.npy"));
        File.SetAttributes(_folder.File("x.npy"), FileAttributes.Normal);
        Assert.Contains("there is no permission to write here", refusal.Message, StringComparison.Ordinal);
        Assert.IsType<UnauthorizedAccessException>(refusal.InnerException);
    }

    [Fact]
    public void Create_on_links_that_lead_in_a_circle_is_refused()
    {
        File.CreateSymbolicLink(_folder.File("x.npy"), "y.npy");
        File.CreateSymbolicLink(_folder.File("y.npy"), "x.npy");
        Assert.Contains("lead in a circle", Refusal(_folder.File("x.npy")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Complete_after_the_folder_is_gone_is_refused()
    {
        Directory.CreateDirectory(_folder.File("short-lived"));
        using OutputFile output = OutputFile.Create(_folder.File("short-lived/x.npy"));
        Directory.Delete(_folder.File("short-lived"), recursive: true);
        Assert.Contains("cannot be written", Assert.Throws<OutputException>(output.Complete).Message, StringComparison.Ordinal);
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Forms))]
    public void Given_a_disk_that_fills_up_When_writing_Then_one_sentence_says_so_and_nothing_remains(string extension)
    {
        using TinyDisk disk = new();
        OutputException refusal = Assert.Throws<OutputException>(() => WriteHalfAMegabyte(disk.File("x" + extension)));
        Assert.Equal($"{disk.File("x" + extension)}: the disk is full; free some space or name a place on another disk.", refusal.Message);
        Assert.NotNull(refusal.InnerException);
        Assert.Empty(disk.Names);
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Forms))]
    public void Given_a_device_that_takes_nothing_When_writing_Then_one_sentence_says_so_and_no_other_file_remains(string extension)
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "there is no /dev/full here");
        File.CreateSymbolicLink(_folder.File("x" + extension), "/dev/full");
        OutputException refusal = Assert.Throws<OutputException>(() => WriteHalfAMegabyte(_folder.File("x" + extension)));
        Assert.Contains("the disk is full", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(["x" + extension], _folder.Names);
    }

    [Theory]
    [InlineData("x.csv")]
    [InlineData("npy")]
    [InlineData("x.npz")]
    public void Create_of_embeddings_with_another_extension_names_the_three(string name)
    {
        OutputException refusal = Assert.Throws<OutputException>(() => EmbeddingWriter.Create(_folder.File(name), 4, hasLabels: false, Stream.Null));
        Assert.EndsWith($"{name}: embeddings are written as .npy or .parquet or .jsonl; give the file such a name.", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Create_of_features_with_another_extension_names_npz()
    {
        OutputException refusal = Assert.Throws<OutputException>(() => FeatureWriter.Create(_folder.File("x.npy")));
        Assert.EndsWith("x.npy: features are written as .npz; give the file such a name.", refusal.Message, StringComparison.Ordinal);
    }

    private static OutputException Refusal(string path) => Assert.Throws<OutputException>(() => OutputFile.Create(path));

    private static void WriteHalfAMegabyte(string path)
    {
        float[] values = new float[1024];
        if (path.EndsWith(".npz", StringComparison.Ordinal))
        {
            using FeatureWriter features = FeatureWriter.Create(path);
            for (int row = 0; row < 128; row++) features.Write("a.jpg", new ImageFeature("neck", new TensorShape(1024), values));
            features.Complete();
            return;
        }
        using EmbeddingWriter embeddings = EmbeddingWriter.Create(path, values.Length, hasLabels: false, Stream.Null);
        for (int row = 0; row < 128; row++) embeddings.Write("a.jpg", null, values);
        embeddings.Complete();
    }
}
