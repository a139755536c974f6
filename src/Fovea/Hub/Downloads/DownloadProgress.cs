namespace Fovea.Hub;

/// <summary>How far a download is.</summary>
/// <param name="Bytes">Bytes of the file that are here, those of earlier tries included.</param>
/// <param name="Total">Bytes of the whole file: the server's word, before that the registry's to one decimal of a MiB.</param>
internal readonly record struct DownloadProgress(long Bytes, long Total);
