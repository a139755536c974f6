namespace Fovea.Images;

/// <summary>Where a member's content lies in its archive, unpacked if that is compressed.</summary>
/// <param name="Offset">Bytes from the archive's start; a multiple of 512.</param>
/// <param name="Length">Bytes.</param>
internal readonly record struct MemberPlace(long Offset, int Length);
