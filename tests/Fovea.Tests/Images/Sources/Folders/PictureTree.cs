namespace Fovea.Tests.Images.Sources;

/// <summary>A folder of its own in the temporary folder, filled with small files, deleted when the test ends.</summary>
internal sealed class PictureTree : IDisposable
{
    public PictureTree(params ReadOnlySpan<string> files)
    {
        foreach (string file in files) Add(file);
    }

    public string Root { get; } = Directory.CreateTempSubdirectory("fovea-").FullName;

    /// <summary>The path of a file or folder in the tree.</summary>
    public string this[string name] => Path.Combine(Root, name);

    /// <summary>Writes a file, by default one whose content is its name.</summary>
    public string Add(string name, byte[]? content = null)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(this[name])!);
        File.WriteAllBytes(this[name], content ?? System.Text.Encoding.UTF8.GetBytes(name));
        return this[name];
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
