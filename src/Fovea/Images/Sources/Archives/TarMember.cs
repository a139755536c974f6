namespace Fovea.Images;

/// <summary>A member of a tar archive, its content still to be read.</summary>
/// <param name="Name">As it was packed; `/`-separated.</param>
/// <param name="Offset">Where its content begins in the archive, unpacked if that is compressed.</param>
/// <param name="Size">Bytes of content; 0 for what is no file.</param>
/// <param name="IsFile">False for folders, links, devices and everything else.</param>
/// <param name="IsSparse">The content is not the file's bytes as they are.</param>
internal readonly record struct TarMember(string Name, long Offset, long Size, bool IsFile, bool IsSparse);
