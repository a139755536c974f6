using Fovea.Tests.Images.Sources;
using Fovea.Training.Data;
using Fovea.Training.Tests.Data.Index;

namespace Fovea.Training.Tests.Data.Reading;

public sealed class CompressedArchiveTests : IDisposable
{
    private static readonly string[] Expected = ["a.tar.gz/000001=1 [1]", "a.tar.gz/000002=2 [2]", "a.tar.gz/000003=3 [3]"];

    private readonly PictureTree _data = new(), _home = new();

    public CompressedArchiveTests() => _data.Add("a.tar.gz", Tar.Gzip(Samples.Archive(1, 2, 3)));

    public void Dispose()
    {
        _data.Dispose();
        _home.Dispose();
    }

    [Fact]
    public void Small_one_is_held_in_memory()
    {
        using IndexedPictures pictures = Samples.Open(Samples.Options(_home), _data["a.tar.gz"]);
        File.Delete(_data["a.tar.gz"]);
        Assert.Equal(Expected, Samples.Texts(pictures));
        Assert.False(Directory.Exists(_home["unpacked"]));
    }

    [Fact]
    public void Large_one_is_unpacked_once_below_the_home_folder()
    {
        using (IndexedPictures pictures = Samples.Open(OnDisk, _data["a.tar.gz"])) Assert.Equal(Expected, Samples.Texts(pictures));
        string unpacked = Assert.Single(Directory.GetFiles(_home["unpacked"]));
        Assert.Equal(Samples.Archive(1, 2, 3), File.ReadAllBytes(unpacked));
        File.SetLastWriteTimeUtc(unpacked, DateTime.UnixEpoch);
        using (IndexedPictures pictures = Samples.Open(OnDisk, _data["a.tar.gz"])) Assert.Equal(Expected, Samples.Texts(pictures));
        Assert.Equal(DateTime.UnixEpoch, File.GetLastWriteTimeUtc(unpacked));
    }

    [Fact]
    public void Changed_one_is_unpacked_again_and_the_older_copy_goes()
    {
        Samples.Open(OnDisk, _data["a.tar.gz"]).Dispose();
        _data.Add("a.tar.gz", Tar.Gzip(Samples.Archive(7)));
        using IndexedPictures pictures = Samples.Open(OnDisk, _data["a.tar.gz"]);
        Assert.Equal(["a.tar.gz/000007=7 [7]"], Samples.Texts(pictures));
        Assert.Single(Directory.GetFiles(_home["unpacked"]));
    }

    [Fact]
    public void Folder_that_cannot_be_written_is_told_with_what_to_do()
    {
        _home.Add("unpacked");                                                  // a file where the folder would be
        string message = Assert.Throws<TrainingDataException>(() => Samples.Open(OnDisk, _data["a.tar.gz"])).Message;
        Assert.StartsWith($"{_data["a.tar.gz"]}: cannot be unpacked to {_home["unpacked"]} (", message, StringComparison.Ordinal);
        Assert.EndsWith("); make room, set FOVEA_HOME to a folder with room, or unpack the archive yourself and name the .tar.", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Damaged_one_is_refused_and_leaves_nothing(bool onDisk)
    {
        byte[] archive = File.ReadAllBytes(_data["a.tar.gz"]);
        _data.Add("a.tar.gz", archive[..^20]);
        Assert.StartsWith(_data["a.tar.gz"], Assert.Throws<ImageException>(() => Samples.Open(onDisk ? OnDisk : Samples.Options(_home), _data["a.tar.gz"])).Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_home["unpacked"]));
    }

    private IndexOptions OnDisk => Samples.Options(_home) with { MostCompressedInMemory = 10 };
}
