namespace Fovea.Checkpoints;

/// <summary>A record of a zip container: its name below the root folder, where its bytes lie, and the CRC-32 they must have.</summary>
internal readonly record struct ZipRecord(string Name, long Header, long Start, long Length, uint Checksum);
