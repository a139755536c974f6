namespace Fovea.Bench;

/// <summary>Small pictures in a folder of their own, and among them files that are none.</summary>
internal sealed class SoakPictures : IDisposable
{
    private const int LargestBytes = 4096;

    /// <param name="goldens">tests/Goldens.</param>
    public SoakPictures(string goldens)
    {
        Directory.CreateDirectory(Folder);
        IEnumerable<string> sound = Directory.GetFiles(Path.Combine(goldens, "transforms", "jpeg"), "*.jpg")
            .Concat(Directory.GetFiles(Path.Combine(goldens, "transforms", "sources"), "*.png"))
            .Where(file => new FileInfo(file).Length <= LargestBytes).Order(StringComparer.Ordinal);
        foreach ((int index, string file) in sound.Index())
        {
            byte[] bytes = File.ReadAllBytes(file);
            Add($"{index:D3}{Path.GetExtension(file)}", bytes);
            if (index % 8 == 0) Add($"{index:D3}-cut.jpg", bytes[..(bytes.Length / 2)]);
        }
        Add("no picture.png", "neither PNG nor JPEG"u8.ToArray());
        Add("empty.jpg", []);
        Files = Directory.GetFiles(Folder);
    }

    public string Folder { get; } = Path.Combine(Path.GetTempPath(), $"fovea-soak-{Guid.NewGuid():N}");

    public IReadOnlyList<string> Files { get; }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private void Add(string name, byte[] bytes) => File.WriteAllBytes(Path.Combine(Folder, name), bytes);
}
