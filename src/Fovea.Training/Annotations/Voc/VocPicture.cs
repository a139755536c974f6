namespace Fovea.Training.Annotations;

/// <summary>What a Pascal VOC file says of one picture.</summary>
/// <param name="Width">Pixels; 0 when the file does not tell.</param>
/// <param name="Height">As <paramref name="Width"/>.</param>
/// <param name="Objects">In the order of the file.</param>
internal sealed record VocPicture(int Width, int Height, IReadOnlyList<VocObject> Objects);

/// <summary>An object of a Pascal VOC file.</summary>
/// <param name="Name">Its class.</param>
/// <param name="XMin">First column, as written: VOC counts from 1 and columns up to <paramref name="XMax"/> belong to the object.</param>
/// <param name="YMin">First row.</param>
/// <param name="XMax">Last column.</param>
/// <param name="YMax">Last row.</param>
/// <param name="IsDifficult">Marked as hard to recognise: training leaves it out.</param>
internal sealed record VocObject(string Name, double XMin, double YMin, double XMax, double YMax, bool IsDifficult)
{
    /// <summary>The box in pixels from 0. Columns and rows are inclusive, so a box whose first is its last has one pixel.</summary>
    /// <param name="offset">The number of the first column and row: 1, or 0 in files of other tools.</param>
    public CocoBox Box(int offset) => new(XMin - offset, YMin - offset, XMax - XMin + 1, YMax - YMin + 1);
}
