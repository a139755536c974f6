namespace Fovea.Checkpoints;

/// <summary>Where in which pickle of which file something was found: the beginning of every refusal.</summary>
/// <param name="File">The file as the caller named it.</param>
/// <param name="Part">The record, or the part of a legacy file.</param>
/// <param name="Position">Bytes of the pickle read so far.</param>
internal readonly record struct PicklePlace(string File, string Part, int Position)
{
    public override string ToString() => $"{File}: {Part}, byte {Position}";
}
