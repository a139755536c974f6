using Fovea.Checkpoints;
using Fovea.Graphs;
using Fovea.Inference;
using Fovea.Tests.Encoder;
using Fovea.Tests.Export;

namespace Fovea.Tests.Inference.Caching;

public sealed class GraphCacheTests : IDisposable
{
    private readonly TemporaryFolder _home = new();
    private readonly GraphCache _cache;

    public GraphCacheTests() => _cache = new GraphCache(_home.File("cache"));

    public void Dispose() => _home.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void First_and_second_start_give_the_bits_of_a_start_without_cache(bool isInt8)
    {
        float[] expected = CachedModel.EmbedOnce(cache: null, isInt8: isInt8);
        Assert.Equal(expected, CachedModel.EmbedOnce(_cache, isInt8: isInt8));
        Assert.Single(Entries());
        Assert.Equal(expected, CachedModel.EmbedOnce(_cache, isInt8: isInt8));
    }

    [Fact]
    public void Second_start_leaves_the_entry_as_it_is()
    {
        CachedModel.EmbedOnce(_cache);
        Dictionary<string, DateTime> before = Files();
        CachedModel.EmbedOnce(_cache);
        Assert.Equal(before.OrderBy(pair => pair.Key), Files().OrderBy(pair => pair.Key));
    }

    [Fact]
    public void Each_choice_of_outputs_and_precision_has_its_own_entry()
    {
        using CachedModel exact = new(_cache), int8 = new(_cache, isInt8: true);
        string[] folders = [exact.Entry()!.Folder, exact.Entry(VitOutput.Tokens)!.Folder, int8.Entry()!.Folder];
        Assert.Equal(3, folders.Distinct().Count());
    }

    [Fact]
    public void The_same_outputs_in_another_order_are_one_entry_and_come_in_the_order_asked()
    {
        using ModelFile model = ModelFile.Open(TinyModel.Path);
        using EncoderSessions sessions = new(model, null, _cache);
        float[] image = new float[3 * 64 * 64];
        float[][] once = sessions.Run(image, [VitOutput.Tokens, VitOutput.Embedding], 1, default), again = sessions.Run(image, [VitOutput.Embedding, VitOutput.Tokens], 1, default);
        Assert.Equal(once.Reverse(), again);
        Assert.Equal([68 * 64, 64], once.Select(output => output.Length));
        Assert.Single(Entries());
    }

    [Theory]
    [InlineData("graph.onnx", "flip")]
    [InlineData("graph.onnx", "cut")]
    [InlineData("graph.onnx", "delete")]
    [InlineData("weights.bin", "flip")]
    [InlineData("weights.bin", "cut")]
    [InlineData("weights.bin", "delete")]
    [InlineData("entry", "flip")]
    [InlineData("entry", "cut")]
    [InlineData("entry", "delete")]
    public void A_damaged_entry_is_made_again(string name, string damage)
    {
        float[] expected = CachedModel.EmbedOnce(_cache);
        string file = Path.Combine(Assert.Single(Entries()), name);
        byte[] intact = File.ReadAllBytes(file);
        Damage(file, damage);

        Assert.Equal(expected, CachedModel.EmbedOnce(_cache));

        Assert.Equal(intact, File.ReadAllBytes(file));
    }

    [Fact]
    public void A_replaced_model_file_of_the_same_length_and_time_is_not_taken_for_the_old_one()
    {
        string path = _home.File("vit_reg4_m16_rms_avg.safetensors");
        File.Copy(TinyModel.PathWithHead, path);
        DateTime written = File.GetLastWriteTimeUtc(path);
        float[] before = CachedModel.EmbedOnce(_cache, path);

        byte[] bytes = File.ReadAllBytes(path);
        bytes[bytes.Length / 2] ^= 0x10;                                            // one bit of a weight in the middle of the network
        File.WriteAllBytes(path, bytes);
        File.SetLastWriteTimeUtc(path, written);

        float[] after = CachedModel.EmbedOnce(_cache, path);
        Assert.Equal(CachedModel.EmbedOnce(cache: null, path), after);
        Assert.NotEqual(before, after);
        Assert.Equal(2, Entries().Length);
    }

    [Theory]
    [InlineData(Precision.Float32)]
    [InlineData(Precision.Int8)]
    public void An_exported_file_is_served_too(Precision precision)
    {
        string path = _home.File("model.onnx");
        ModelFiles.Export(TinyModel.Path, path, precision);
        float[] expected = CachedModel.EmbedOnce(cache: null, path);
        Assert.Equal(expected, CachedModel.EmbedOnce(_cache, path));
        Assert.Equal(expected, CachedModel.EmbedOnce(_cache, path));
        Assert.Single(Entries());
    }

    [Fact]
    public void Replaced_matrices_beside_an_exported_file_are_not_taken_for_the_old_ones()
    {
        string path = _home.File("model.onnx"), matrices = _home.File("matrices");
        ModelFiles.Export(TinyModel.Path, path, matrices: "matrices");
        float[] before = CachedModel.EmbedOnce(_cache, path);

        byte[] bytes = File.ReadAllBytes(matrices);
        bytes[^4997] ^= 0x10;                                                      // in the exponent of a weight
        File.WriteAllBytes(matrices, bytes);

        float[] after = CachedModel.EmbedOnce(_cache, path);
        Assert.Equal(CachedModel.EmbedOnce(cache: null, path), after);
        Assert.NotEqual(before, after);
    }

    [Fact]
    public void A_model_file_that_was_replaced_after_it_was_opened_gets_no_entry()
    {
        string path = _home.File("vit_reg4_m16_rms_avg.pt"), other = _home.File("other");
        File.Copy(TinyModel.Path, path);
        File.Copy(TinyModel.Path, other);
        using CachedModel model = new(_cache, path);
        File.Move(other, path, overwrite: true);
        Assert.Null(model.Entry());
        Assert.Equal(CachedModel.EmbedOnce(cache: null), model.Embed());
    }

    [Fact]
    public void Beyond_the_limit_the_entry_used_least_recently_goes()
    {
        using CachedModel model = new(_cache);
        string oldest = Make(model, VitOutput.Block(0), DateTime.UtcNow.AddDays(-2)), recent = Make(model, VitOutput.Block(1), DateTime.UtcNow.AddDays(-1));
        model.Session(VitOutput.Block(0)).Dispose();                                 // used again since
        long size = new[] { oldest, recent }.Sum(folder => new DirectoryInfo(folder).EnumerateFiles().Sum(file => file.Length));

        new GraphCache(_cache.Folder, size).Sweep();
        Assert.Equal(2, Entries().Length);
        new GraphCache(_cache.Folder, size - 1).Sweep();

        Assert.Equal([oldest], Entries());
    }

    [Fact]
    public void What_others_keep_beside_the_entries_is_left_alone()
    {
        string other = Directory.CreateDirectory(Path.Combine(_cache.Folder, "samples")).FullName;
        File.WriteAllBytes(Path.Combine(other, "large"), new byte[1000]);
        new GraphCache(_cache.Folder, limit: 10).Sweep();
        Assert.True(File.Exists(Path.Combine(other, "large")));
    }

    [Fact]
    public void A_session_outlives_its_entry()
    {
        using CachedModel model = new(_cache);
        using NetworkSession session = model.Session();
        float[] image = model.Image(), expected = session.Run(image, 1)[0];
        _cache.Remove(Assert.Single(Entries()));
        Assert.Equal(expected, session.Run(image, 1)[0]);
    }

    [Fact]
    public void A_model_too_large_for_the_limit_is_not_written()
    {
        GraphCache small = new(_cache.Folder, limit: 1000);
        Assert.Equal(CachedModel.EmbedOnce(cache: null), CachedModel.EmbedOnce(small));
        Assert.Empty(Entries());
    }

    [Fact]
    public void Many_makers_of_one_entry_leave_one_and_nothing_else()
    {
        float[] expected = CachedModel.EmbedOnce(cache: null);
        float[][] found = new float[6][];
        Parallel.For(0, found.Length, maker => found[maker] = CachedModel.EmbedOnce(new GraphCache(_cache.Folder)));
        Assert.All(found, embedding => Assert.Equal(expected, embedding));
        Assert.Single(Entries());
    }

    [Fact]
    public void What_a_killed_maker_left_is_swept_away_after_an_hour()
    {
        string old = _cache.NewFolder(), fresh = _cache.NewFolder();
        Directory.SetLastWriteTimeUtc(old, DateTime.UtcNow.AddHours(-2));
        CachedModel.EmbedOnce(_cache);
        Assert.False(Directory.Exists(old));
        Assert.True(Directory.Exists(fresh));
    }

    [Fact]
    public void Where_no_folder_can_be_made_there_is_no_cache_and_no_error()
    {
        File.WriteAllText(_home.File("cache"), "a file is in the way");
        Assert.Equal(CachedModel.EmbedOnce(cache: null), CachedModel.EmbedOnce(_cache));
    }

    [Theory]
    [InlineData("0", false)]
    [InlineData("1", true)]
    [InlineData(null, true)]
    public void FOVEA_CACHE_0_turns_it_off(string? value, bool isOn) =>
        Assert.Equal(isOn, GraphCache.Below(_home.Path, name => name == GraphCache.Variable ? value : null) is not null);

    [Fact]
    public void It_lies_below_the_home_folder() => Assert.Equal(_home.File("cache"), GraphCache.Below(_home.Path, _ => null)!.Folder);

    private static string Make(CachedModel model, VitOutput output, DateTime lastUse)
    {
        model.Session(output).Dispose();
        string folder = model.Entry(output)!.Folder;
        File.SetLastWriteTimeUtc(Path.Combine(folder, "entry"), lastUse);
        return folder;
    }

    // The time of writing is set back, as an archive would.
    private static void Damage(string file, string damage)
    {
        DateTime written = File.GetLastWriteTimeUtc(file);
        byte[] bytes = File.ReadAllBytes(file);
        if (damage == "delete")
        {
            File.Delete(file);
            return;
        }
        if (damage == "flip") bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(file, damage == "cut" ? bytes[..(bytes.Length / 2)] : bytes);
        File.SetLastWriteTimeUtc(file, written);
    }

    private string[] Entries() =>
        Directory.Exists(_cache.Folder)
            ? [.. Directory.GetDirectories(_cache.Folder).Where(folder => Path.GetFileName(folder) != "models" && !Path.GetFileName(folder).StartsWith("making-", StringComparison.Ordinal))]
            : [];

    // But the note, which may have to wait until the weights are no longer fresh.
    private Dictionary<string, DateTime> Files() => Directory.EnumerateFiles(_cache.Folder, "*", SearchOption.AllDirectories)
        .Where(file => !file.EndsWith(".hash", StringComparison.Ordinal)).ToDictionary(file => file, File.GetLastWriteTimeUtc);
}
