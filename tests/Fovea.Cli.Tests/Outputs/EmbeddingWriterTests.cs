using Fovea.Cli.Outputs;
using Fovea.Tests;

namespace Fovea.Cli.Tests.Outputs;

public sealed class EmbeddingWriterTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Extensions => [.. EmbeddingWriter.Extensions];

    public void Dispose() => _folder.Dispose();

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Extensions))]
    public void Dispose_without_completing_leaves_nothing(string extension)
    {
        using (EmbeddingWriter writer = EmbeddingWriter.Create(_folder.File("x" + extension), 2, hasLabels: false, Stream.Null)) writer.Write("a.jpg", null, [1, 2]);
        Assert.Empty(_folder.Names);
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Extensions))]
    public void Complete_leaves_the_file_and_its_companions_only(string extension)
    {
        EmbeddingRow.WriteAll(_folder.File("x" + extension), EmbeddingRow.Awkward(3), 3, hasLabels: true);
        Assert.Equal(extension == ".npy" ? ["x.names.txt", "x.npy"] : ["x" + extension], _folder.Names);
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Extensions))]
    public void Same_rows_give_the_same_bytes(string extension)
    {
        EmbeddingRow.WriteAll(_folder.File("x" + extension), EmbeddingRow.Awkward(3), 3, hasLabels: true);
        EmbeddingRow.WriteAll(_folder.File("y" + extension), EmbeddingRow.Awkward(3), 3, hasLabels: true);
        Assert.Equal(File.ReadAllBytes(_folder.File("x" + extension)), File.ReadAllBytes(_folder.File("y" + extension)));
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Extensions))]
    public void Extension_may_be_in_capitals(string extension)
    {
        EmbeddingRow.WriteAll(_folder.File("X" + extension.ToUpperInvariant()), [], 3, hasLabels: false);
        Assert.Contains("X" + extension.ToUpperInvariant(), _folder.Names);
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Extensions))]
    public void Embedding_of_another_width_is_the_callers_fault(string extension)
    {
        using EmbeddingWriter writer = EmbeddingWriter.Create(_folder.File("x" + extension), 2, hasLabels: false, Stream.Null);
        Assert.Contains("'a.jpg' has 3 numbers instead of 2", Assert.Throws<ArgumentException>(() => writer.Write("a.jpg", null, [1, 2, 3])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Failure_of_the_second_file_leaves_nothing_of_the_first()
    {
        Directory.CreateDirectory(_folder.File("x.names.txt"));
        Assert.Throws<OutputException>(() => EmbeddingWriter.Create(_folder.File("x.npy"), 2, hasLabels: false, Stream.Null));
        Assert.Equal(["x.names.txt"], _folder.Names);
    }
}
