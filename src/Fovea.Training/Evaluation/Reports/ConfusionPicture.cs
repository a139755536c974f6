namespace Fovea.Training.Evaluation;

/// <summary>
/// A confusion matrix as a picture: rows are true classes, columns predicted ones, each row in shares of its samples. What is right is blue, what is wrong
/// red, the stronger the more; class numbers stand at the edges, percentages in cells that are large enough. Rows of no samples are grey.
/// </summary>
internal static class ConfusionPicture
{
    /// <summary>With more, cells would be smaller than a pixel.</summary>
    public const int MostClasses = 4096;

    private const int LargestCell = 48, WantedSide = 768;
    private const int CellWithText = 28;                                      // "100" is 22 pixels wide
    private const int FewClasses = 20;                                        // up to here every class is numbered, above every tenth
    private const int Gap = 6;

    private static readonly Color Right = new(8, 69, 148), Wrong = new(165, 15, 21), Line = new(217, 217, 217), Empty = new(240, 240, 240), Ink = new(64, 64, 64);

    /// <summary>Writes a PNG; the stream is not closed.</summary>
    /// <exception cref="ArgumentException">More than 4096 classes.</exception>
    public static void WritePng(Stream output, ConfusionMatrix confusion)
    {
        if (confusion.Classes > MostClasses)
        {
            throw new ArgumentException($"a picture of {confusion.Classes} classes would have cells smaller than a pixel; {MostClasses} are the most.", nameof(confusion));
        }
        int cell = Math.Clamp(WantedSide / confusion.Classes, 1, LargestCell), side = cell * confusion.Classes;
        int margin = Canvas.NumberWidth(confusion.Classes - 1) + 2 * Gap;
        Canvas canvas = new(margin + side + Gap, margin + side + Gap);
        for (int label = 0; label < confusion.Classes; label++) DrawRow(canvas, confusion.Row(label), label, margin, cell);
        int step = confusion.Classes <= FewClasses ? 1 : 10;
        DrawLines(canvas, margin, side, cell * step);
        for (int number = 0; number < confusion.Classes; number += step)
        {
            int middle = margin + cell * number + cell / 2, half = Canvas.NumberHeight / 2;
            canvas.DrawNumber(number, margin - Gap - Canvas.NumberWidth(number), middle - half, Ink);
            canvas.DrawNumber(number, middle - Canvas.NumberWidth(number) / 2, margin - Gap - Canvas.NumberHeight, Ink);
        }
        canvas.WritePng(output);
    }

    private static void DrawRow(Canvas canvas, ReadOnlySpan<int> counts, int label, int margin, int cell)
    {
        int samples = System.Numerics.Tensors.TensorPrimitives.Sum(counts), top = margin + cell * label;
        for (int prediction = 0; prediction < counts.Length; prediction++)
        {
            double share = samples == 0 ? 0 : (double)counts[prediction] / samples, strength = Math.Sqrt(share);           // 1 % must be seen beside 90 %
            int left = margin + cell * prediction, percent = (int)Math.Round(100 * share);
            canvas.Fill(left, top, cell, cell, samples == 0 ? Empty : Color.White.Towards(label == prediction ? Right : Wrong, strength));
            if (cell < CellWithText || percent == 0) continue;
            canvas.DrawNumber(percent, left + (cell - Canvas.NumberWidth(percent)) / 2, top + (cell - Canvas.NumberHeight) / 2, strength > 0.6 ? Color.White : Ink);
        }
    }

    private static void DrawLines(Canvas canvas, int margin, int side, int step)
    {
        for (int place = 0; place < side + step; place += step)
        {
            int line = margin + Math.Min(place, side);
            canvas.Fill(line, margin, 1, side, Line);
            canvas.Fill(margin, line, side, 1, Line);
        }
    }
}
