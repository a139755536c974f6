namespace Fovea.Images;

/// <summary>The bytes of a picture file, from wherever it lies.</summary>
internal static class EncodedImage
{
    /// <exception cref="ImageException">There is no such file, it cannot be read, or it is too long for any picture.</exception>
    public static byte[] ReadFile(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception cause) when (cause is FileNotFoundException or DirectoryNotFoundException)
        {
            throw ImageThrow.Missing(path);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw Directory.Exists(path) ? ImageThrow.Folder(path) : ImageThrow.Unreadable(path, cause);
        }
    }

    /// <summary>What is left of a stream.</summary>
    /// <exception cref="ImageException">It cannot be read to its end.</exception>
    public static ReadOnlySpan<byte> Read(Stream stream, string name)
    {
        using MemoryStream bytes = new();
        try
        {
            stream.CopyTo(bytes);
        }
        catch (IOException cause)
        {
            throw ImageThrow.Unreadable(name, cause);
        }
        return bytes.GetBuffer().AsSpan(0, (int)bytes.Length);
    }
}
