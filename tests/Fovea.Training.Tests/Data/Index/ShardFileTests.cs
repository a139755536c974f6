using Fovea.Tests.Images.Sources;
using Fovea.Training.Data;

namespace Fovea.Training.Tests.Data.Index;

/// <summary>A kept index is believed only when every byte of it is what was written.</summary>
public class ShardFileTests
{
    private static readonly ArchiveLocation Location = new("folder/a.tar", "a.tar");

    [Fact]
    public void Shard_comes_back()
    {
        ArchiveShard shard = Scanned();
        ArchiveShard found = ShardFile.Read(ShardFile.Write(shard, "stamp"), Location, "stamp")!;
        Assert.Equal(Text(shard), Text(found));
        Assert.Equal(shard.IsCompressed, found.IsCompressed);
    }

    [Theory]
    [InlineData("folder/a.tar", "a.tar", "later")]
    [InlineData("folder/a.tar", "b/a.tar", "stamp")]
    [InlineData("folder/b.tar", "a.tar", "stamp")]
    public void Shard_of_another_archive_name_or_state_is_none(string path, string name, string stamp) =>
        Assert.Null(ShardFile.Read(ShardFile.Write(Scanned(), "stamp"), new(path, name), stamp));

    [Fact]
    public void Cut_file_is_none()
    {
        byte[] file = ShardFile.Write(Scanned(), "stamp");
        Assert.All(Enumerable.Range(0, file.Length), length => Assert.Null(ShardFile.Read(file[..length], Location, "stamp")));
    }

    [Fact]
    public void File_with_a_flipped_bit_is_none()
    {
        byte[] file = ShardFile.Write(Scanned(), "stamp");
        for (int bit = 0; bit < 8 * file.Length; bit++)
        {
            file[bit / 8] ^= (byte)(1 << bit % 8);
            Assert.True(ShardFile.Read(file, Location, "stamp") is null, $"bit {bit}");
            file[bit / 8] ^= (byte)(1 << bit % 8);
        }
    }

    /// <summary>Whoever writes a hash that fits can write anything behind it.</summary>
    [Fact]
    public void Lengths_are_checked_even_when_the_hash_fits()
    {
        byte[] whole = ShardFile.Write(Scanned(), "stamp");
        for (int place = 16; place + 4 <= whole.Length; place++)
        {
            foreach (int value in (int[])[int.MaxValue, -1, 0, 1_000_000])
            {
                byte[] file = [.. whole];
                BitConverter.TryWriteBytes(file.AsSpan(place), value);
                BitConverter.TryWriteBytes(file.AsSpan(8), System.IO.Hashing.XxHash3.HashToUInt64(file.AsSpan(16)));
                if (ShardFile.Read(file, Location, "stamp") is { } shard) Assert.Equal(3, shard.Count);
            }
        }
    }

    private static ArchiveShard Scanned()
    {
        using PictureTree tree = new();
        tree.Add("a.tar", Samples.Archive(("1.png", Samples.Png(1)), ("1.cls", "4"u8.ToArray()), ("2.png", Samples.Png(2)), ("3.cls", "x"u8.ToArray()), ("3.png", Samples.Png(3))));
        ArchiveShard shard = ArchiveShard.Scan(new(tree["a.tar"], "a.tar"), CancellationToken.None);
        return new(Location, shard.IsCompressed, shard.Columns, [.. shard.Blocks], [.. shard.Lengths]);
    }

    private static string[] Text(ArchiveShard shard) =>
        [.. Enumerable.Range(0, shard.Count).Select(index => $"{shard.NameOf(index)} {shard.LabelOf(index)} {shard.PlaceOf(index)} {(shard.IsRefused(index, out string? reason) ? reason : "")}")];
}
