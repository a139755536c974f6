using System.Globalization;
using System.IO.Compression;
using Fovea.Cli.Outputs.Features;

namespace Fovea.Cli.Outputs;

/// <summary>Writes the features of one run as `.npz`: per layer an array [pictures, ...], and `names`. See docs/formats.md.</summary>
/// <remarks>
/// Pictures bring all layers at once, but the file holds one array after another; so each layer waits in a file without a name, and during
/// <see cref="Complete"/> the disk holds one layer twice. Memory stays flat. Disposing without completing leaves nothing behind. Not safe to use from several threads.
/// </remarks>
internal sealed class FeatureWriter : IDisposable
{
    private readonly OutputFile _file;
    private readonly NamesArray _names;
    private readonly List<LayerArray> _layers = [];

    private FeatureWriter(OutputFile file, NamesArray names)
    {
        _file = file;
        _names = names;
    }

    /// <summary>The extensions that can be written.</summary>
    public static IReadOnlyList<string> Extensions { get; } = [".npz"];

    /// <summary>Begins a file of features.</summary>
    /// <exception cref="OutputException">The extension is not `.npz`, or the place cannot be written.</exception>
    public static FeatureWriter Create(string path)
    {
        if (!Extensions.Contains(Path.GetExtension(path).ToLowerInvariant())) throw OutputThrow.Extension(path, "features", Extensions);
        OutputFile file = OutputFile.Create(path);
        try
        {
            return new FeatureWriter(file, new NamesArray(file.OpenSpool()));
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Appends one picture. The first one fixes the layers, their order and their shapes.</summary>
    /// <exception cref="OutputException">The layers or shapes differ from those of the first picture, or the disk is full.</exception>
    public void Write(string sample, params IReadOnlyList<ImageFeature> layers)
    {
        if (_names.Count == 0) Begin(layers);
        string found = Describe(layers.Select(layer => (layer.Name, layer.Shape)));
        string expected = Describe(_layers.Select(layer => (layer.Name, layer.Shape)));
        if (found != expected) throw OutputThrow.LayersDiffer(_file.Path, sample, found, expected);
        try
        {
            foreach ((LayerArray array, ImageFeature features) in _layers.Zip(layers)) array.Add(features.Values.Span);
            _names.Add(sample);
        }
        catch (Exception failure) when (OutputThrow.IsRefusal(failure))
        {
            throw OutputThrow.Refused(_file.Path, failure);
        }
    }

    /// <summary>Assembles the file and puts it in its place. No picture at all gives a valid file with empty `names`.</summary>
    /// <exception cref="OutputException">The disk is full, or the place may no longer be written.</exception>
    public void Complete()
    {
        try
        {
            using (ZipArchive archive = new(_file.Stream, ZipArchiveMode.Create, leaveOpen: true))
            {
                foreach (LayerArray layer in _layers)
                {
                    Store(archive, layer.Name, layer.WriteTo);
                    layer.Dispose();                         // its place on the disk is free for the next one
                }
                Store(archive, "names", _names.WriteTo);
            }
            _file.Complete();
        }
        catch (Exception failure) when (OutputThrow.IsRefusal(failure))
        {
            throw OutputThrow.Refused(_file.Path, failure);
        }
    }

    /// <summary>Without <see cref="Complete"/>: deletes what was written.</summary>
    public void Dispose()
    {
        foreach (LayerArray layer in _layers) layer.Dispose();
        _names.Dispose();
        _file.Dispose();
    }

    private void Begin(IReadOnlyList<ImageFeature> layers)
    {
        foreach (ImageFeature layer in layers)
        {
            if (layer.Name == "names" || _layers.Any(other => other.Name == layer.Name)) throw new ArgumentException($"Two arrays would be named '{layer.Name}'.", nameof(layers));
            _layers.Add(new LayerArray(layer.Name, layer.Shape, _file.OpenSpool()));
        }
    }

    private static string Describe(IEnumerable<(string Name, TensorShape Shape)> layers) =>
        string.Join(", ", layers.Select(layer => string.Create(CultureInfo.InvariantCulture, $"{layer.Name} {layer.Shape}")));

    // Stored, not deflated: features hardly compress, and numpy reads them without unpacking.
    private static void Store(ZipArchive archive, string name, Action<Stream> write)
    {
        ZipArchiveEntry entry = archive.CreateEntry($"{name}.npy", CompressionLevel.NoCompression);
        entry.LastWriteTime = new DateTimeOffset(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);    // zip's first day: the same features give the same bytes
        using Stream target = entry.Open();
        write(target);
    }
}
