using Fovea.Tests.Images.Sources;
using Fovea.Training.Data;
using Fovea.Training.Tests.Data.Index;

namespace Fovea.Training.Tests.Data.Reading;

public class ArchiveReaderTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Members_are_read_in_any_order_whether_the_archive_stays_open_or_not(bool staysOpen)
    {
        using PictureTree data = new();
        ArchiveShard shard = ArchiveShard.Scan(new(data.Add("a.tar", Samples.Archive(1, 2, 3)), "a.tar"), CancellationToken.None);
        using ArchiveReader reader = new(shard, shard.Location.Path, staysOpen);
        foreach (int index in (int[])[2, 0, 1, 2])
        {
            using EncodedBytes bytes = reader.Read(index);
            Assert.Equal(Samples.Png((byte)(index + 1)), bytes.Bytes.ToArray());
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Archive_that_disappeared_makes_broken_pictures(bool staysOpen)
    {
        using PictureTree data = new();
        ArchiveShard shard = ArchiveShard.Scan(new(data.Add("a.tar", Samples.Archive(1)), "a.tar"), CancellationToken.None);
        using ArchiveReader reader = new(shard, shard.Location.Path, staysOpen);
        File.Delete(data["a.tar"]);
        Assert.StartsWith("a.tar/000001: ", Assert.Throws<ImageException>(() => reader.Read(0)).Message, StringComparison.Ordinal);
    }
}
