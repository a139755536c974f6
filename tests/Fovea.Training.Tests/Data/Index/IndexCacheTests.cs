using Fovea.Tests.Images.Sources;
using Fovea.Training.Data;

namespace Fovea.Training.Tests.Data.Index;

public sealed class IndexCacheTests : IDisposable
{
    private readonly PictureTree _data = new(), _home = new();

    public void Dispose()
    {
        _data.Dispose();
        _home.Dispose();
    }

    [Fact]
    public void Second_start_takes_what_the_first_found()
    {
        _data.Add("a.tar", Samples.Archive(1, 2));
        Age();
        Assert.Equal(2, Open().Length);
        // Another index in its place shows that it is read.
        string kept = Assert.Single(Kept());
        ArchiveLocation location = new(_data["a.tar"], "a.tar");
        _data.Add("b.tar", Samples.Archive(1, 2, 3));
        ArchiveShard other = ArchiveShard.Scan(new(_data["b.tar"], "a.tar"), CancellationToken.None);
        string stamp = Stamp(_data["a.tar"]);
        File.WriteAllBytes(kept, ShardFile.Write(new(location, other.IsCompressed, other.Columns, [.. other.Blocks], [.. other.Lengths]), stamp));
        Assert.Equal(3, Open().Length);
    }

    [Fact]
    public void Changed_archive_is_scanned_again()
    {
        _data.Add("a.tar", Samples.Archive(1, 2));
        Age();
        Assert.Equal(["a.tar/000001=1 [1]", "a.tar/000002=2 [2]"], Open());
        _data.Add("a.tar", Samples.Archive(7, 8));
        Assert.Equal(["a.tar/000007=7 [7]", "a.tar/000008=8 [8]"], Open());
    }

    [Theory]
    [InlineData("cut")]
    [InlineData("empty")]
    [InlineData("other")]
    public void Damaged_cache_is_made_again(string damage)
    {
        _data.Add("a.tar", Samples.Archive(1, 2));
        Age();
        string[] expected = Open();
        string kept = Assert.Single(Kept());
        byte[] whole = File.ReadAllBytes(kept);
        File.WriteAllBytes(kept, damage switch { "cut" => whole[..^1], "empty" => [], _ => "something else"u8.ToArray() });
        Assert.Equal(expected, Open());
        Assert.Equal(whole, File.ReadAllBytes(kept));
    }

    [Fact]
    public void Cache_that_cannot_be_written_is_no_error()
    {
        _data.Add("a.tar", Samples.Archive(1, 2));
        _home.Add("cache");                                                     // a file where the folder would be
        Assert.Equal(2, Open().Length);
    }

    [Fact]
    public void FOVEA_CACHE_0_turns_it_off()
    {
        _data.Add("a.tar", Samples.Archive(1, 2));
        Age();
        IndexOptions options = new() { Environment = variable => variable == "FOVEA_HOME" ? _home.Root : "0" };
        using IndexedPictures pictures = Samples.Open(options, _data["a.tar"]);
        Assert.Equal(2, pictures.Count);
        Assert.False(Directory.Exists(_home["cache"]));
    }

    private string[] Open()
    {
        using IndexedPictures pictures = Samples.Open(Samples.Options(_home), _data["a.tar"]);
        return Samples.Texts(pictures);
    }

    private string[] Kept() => Directory.GetFiles(_home["cache/samples"]);

    private static string Stamp(string path)
    {
        using Microsoft.Win32.SafeHandles.SafeFileHandle file = File.OpenHandle(path);
        return Fovea.Checkpoints.FileStamp.Of(file).Text;
    }

    // An archive that changed in this very moment is not remembered, since its times could not tell the next change.
    private void Age()
    {
        using Microsoft.Win32.SafeHandles.SafeFileHandle file = File.OpenHandle(_data["a.tar"]);
        SpinWait.SpinUntil(() => Fovea.Checkpoints.FileStamp.Of(file) is { IsProof: false } or { IsSettled: true });
    }
}
