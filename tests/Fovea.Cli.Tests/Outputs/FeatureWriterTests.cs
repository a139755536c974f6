using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text.Json;
using Fovea.Cli.Outputs;
using Fovea.Tests;

namespace Fovea.Cli.Tests.Outputs;

public sealed class FeatureWriterTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private string FileName => _folder.File("x.npz");

    [Fact]
    public void Numpy_reads_names_and_an_array_per_layer()
    {
        WriteAwkward(FileName);
        string read = Programs.NumPy(
            """
            with np.load(sys.argv[1], allow_pickle=False) as z:
                print(json.dumps({name: [z[name].dtype.str, z[name].shape] for name in z.files}))
            """, FileName);
        int longest = SampleNames.Awkward.Max(name => name.EnumerateRunes().Count());
        Assert.Equal($$"""{"neck": ["<f4", [16, 2, 3, 4]], "11": ["<f4", [16, 5]], "names": ["<U{{longest}}", [16]]}""", read);
    }

    [Fact]
    public void Numpy_reads_the_same_bits()
    {
        WriteAwkward(FileName);
        string read = Programs.NumPy("z = np.load(sys.argv[1]); print(z['neck'].tobytes().hex(), z['11'].tobytes().hex())", FileName);
        Assert.Equal($"{Hex("neck", 24)} {Hex("11", 5)}", read);
    }

    [Fact]
    public void Numpy_reads_the_same_names()
    {
        WriteAwkward(FileName);
        string read = Programs.NumPy("print(json.dumps(np.load(sys.argv[1])['names'].tolist()))", FileName);
        Assert.Equal(SampleNames.Awkward, JsonSerializer.Deserialize<string[]>(read));
    }

    [Fact]
    public void Numpy_reads_a_file_without_pictures()
    {
        using (FeatureWriter writer = FeatureWriter.Create(FileName)) writer.Complete();
        Assert.Equal("['names'] (0,)", Programs.NumPy("z = np.load(sys.argv[1]); print(z.files, z['names'].shape)", FileName));
    }

    [Fact]
    public void Arrays_are_stored_and_not_compressed()
    {
        WriteAwkward(FileName);
        using ZipArchive archive = ZipFile.OpenRead(FileName);
        Assert.All(archive.Entries, entry => Assert.Equal(entry.Length, entry.CompressedLength));
    }

    [Fact]
    public void Same_features_give_the_same_bytes()
    {
        WriteAwkward(FileName);
        WriteAwkward(_folder.File("y.npz"));
        Assert.Equal(File.ReadAllBytes(FileName), File.ReadAllBytes(_folder.File("y.npz")));
    }

    [Fact]
    public void Complete_leaves_one_file() => Assert.Equal(["x.npz"], NamesAfter(complete: true));

    [Fact]
    public void Dispose_without_completing_leaves_nothing() => Assert.Empty(NamesAfter(complete: false));

    [Fact]
    public void Picture_of_another_shape_is_refused_with_both_shapes()
    {
        using FeatureWriter writer = FeatureWriter.Create(FileName);
        writer.Write("a.jpg", Layer("neck", 0, 2, 3, 4));
        OutputException refusal = Assert.Throws<OutputException>(() => writer.Write("b.jpg", Layer("neck", 0, 2, 4, 3)));
        Assert.Equal(
            $"{FileName}: the features of 'b.jpg' are neck [2, 4, 3], but those of the pictures before it are neck [2, 3, 4]; give all pictures the same size.",
            refusal.Message);
    }

    [Theory]
    [InlineData("names")]
    [InlineData("neck")]
    public void Two_arrays_of_one_name_are_the_callers_fault(string second)
    {
        using FeatureWriter writer = FeatureWriter.Create(FileName);
        Assert.Throws<ArgumentException>(() => writer.Write("a.jpg", Layer("neck", 0, 2), Layer(second, 0, 2)));
    }

    [Fact]
    public void Values_that_do_not_fill_the_shape_are_the_callers_fault()
    {
        using FeatureWriter writer = FeatureWriter.Create(FileName);
        Assert.Throws<ArgumentException>(() => writer.Write("a.jpg", new ImageFeature("neck", new TensorShape(2, 2), new float[3])));
    }

    private string[] NamesAfter(bool complete)
    {
        using (FeatureWriter writer = FeatureWriter.Create(FileName))
        {
            writer.Write("a.jpg", Layer("neck", 0, 2, 3, 4), Layer("11", 0, 5));
            if (complete) writer.Complete();
        }
        return _folder.Names;
    }

    private static void WriteAwkward(string path)
    {
        using FeatureWriter writer = FeatureWriter.Create(path);
        for (int picture = 0; picture < SampleNames.Awkward.Length; picture++) writer.Write(SampleNames.Awkward[picture], Layer("neck", picture, 2, 3, 4), Layer("11", picture, 5));
        writer.Complete();
    }

    private static ImageFeature Layer(string name, int picture, params long[] shape) => new(name, new TensorShape(shape), Values(name, picture, (int)new TensorShape(shape).ElementCount));

    private static float[] Values(string layer, int picture, int count) => [.. Enumerable.Range(0, count).Select(index => (layer.Length * 1000) + picture + (index / 64f))];

    private static string Hex(string layer, int count) =>
        Convert.ToHexStringLower(MemoryMarshal.AsBytes<float>(Enumerable.Range(0, SampleNames.Awkward.Length).SelectMany(picture => Values(layer, picture, count)).ToArray()));
}
