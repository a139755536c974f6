namespace Fovea.Fuzz;

/// <summary>One reader under test: valid files to begin with, and what it does with bytes that may be anything.</summary>
public abstract class FuzzTarget : IDisposable
{
    private const int LargestSeed = 1 << 15;

    private IReadOnlyList<byte[]>? _seeds;

    /// <summary>All of them, by the names that the command line takes.</summary>
    public static IReadOnlyList<string> Names { get; } = ["pt", "safetensors", "onnx", "picture", "archive"];

    /// <summary>What the command line calls it.</summary>
    public abstract string Name { get; }

    /// <summary>Small valid files.</summary>
    internal IReadOnlyList<byte[]> Seeds => _seeds ??= [.. FindSeeds().Where(seed => seed.Length is > 0 and <= LargestSeed)];

    /// <summary>The target of that name.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static FuzzTarget Of(string name) => name switch
    {
        "pt" => new PtTarget(),
        "safetensors" => new SafetensorsTarget(),
        "onnx" => new OnnxTarget(),
        "picture" => new PictureTarget(),
        "archive" => new ArchiveTarget(),
        _ => throw new ArgumentException($"there is no target '{name}'; there are {string.Join(", ", Names)}.", nameof(name)),
    };

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Reads everything that the bytes hold; what it refuses, it refuses by <see cref="IsRefusal"/>'s exception.</summary>
    internal abstract void Read(ReadOnlySpan<byte> input);

    /// <summary>Whether an exception is the one that this reader may throw.</summary>
    internal abstract bool IsRefusal(Exception exception);

    /// <summary>Makes the checksums of a changed file fit again, so that the change reaches what lies behind them.</summary>
    internal virtual byte[] Seal(byte[] input, Random random) => input;

    internal abstract IEnumerable<byte[]> FindSeeds();

    protected virtual void Dispose(bool isDisposing)
    {
    }

    /// <summary>The files of a folder of tests/Goldens, in ordinal order.</summary>
    internal static IEnumerable<string> Goldens(params ReadOnlySpan<string> folder)
    {
        DirectoryInfo? repository = new(AppContext.BaseDirectory);
        while (repository is not null && !File.Exists(Path.Combine(repository.FullName, "Fovea.slnx"))) repository = repository.Parent;
        if (repository is null) throw new InvalidOperationException($"{AppContext.BaseDirectory} is not inside a checkout: no Fovea.slnx above it.");
        return Directory.GetFiles(Path.Combine([repository.FullName, "tests", "Goldens", .. folder])).Order(StringComparer.Ordinal);
    }
}
