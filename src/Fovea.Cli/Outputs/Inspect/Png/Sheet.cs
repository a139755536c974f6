using Fovea.Images;
using Fovea.Pages;

namespace Fovea.Cli.Outputs.Inspect;

/// <summary>Maps of equal size side by side, each with a title and its scale.</summary>
internal sealed class Sheet
{
    private const int Gap = 8, Caption = 34, Ramp = 40;
    private static readonly (byte, byte, byte) Ink = (40, 44, 52);

    private readonly ImageSize _tile;
    private readonly int _columns;
    private readonly List<(string Title, string Scale, Action<Drawing, int, int> Draw)> _tiles = [];

    /// <param name="tile">Of one map.</param>
    /// <param name="columns">Maps in a row.</param>
    public Sheet(ImageSize tile, int columns) => (_tile, _columns) = (tile, columns);

    /// <summary>Adds whatever draws itself at a place.</summary>
    public void Add(string title, string scale, Action<Drawing, int, int> draw) => _tiles.Add((title, scale, draw));

    /// <summary>Adds a picture.</summary>
    public void Add(string title, RgbImage picture, Action<Drawing, int, int>? marks = null) => Add(title, "", (drawing, left, top) =>
    {
        drawing.Picture(picture, left, top, _tile);
        marks?.Invoke(drawing, left, top);
    });

    /// <summary>Adds a map in the colours of the scale, from 0 to its largest value or to a given one.</summary>
    public void Add(string title, ReadOnlyMemory<float> map, PatchGrid grid, double? top = null, Action<Drawing, int, int>? marks = null)
    {
        double highest = Math.Max(top ?? map.ToArray().Max(), 1e-30);
        Add(title, $"0 - {Plain(highest)}", (drawing, left, y) =>
        {
            drawing.Squares(left, y, _tile, grid, patch => ColourScale.Of(map.Span[patch] / highest));
            marks?.Invoke(drawing, left, y);
        });
    }

    /// <summary>Adds colours, blended.</summary>
    public void Add(string title, byte[] colours, PatchGrid grid) => Add(title, "", (drawing, left, top) => drawing.Smooth(left, top, _tile, grid, colours));

    /// <summary>Writes the sheet.</summary>
    public void WritePng(Stream output)
    {
        int rows = (_tiles.Count + _columns - 1) / _columns, columns = Math.Min(_columns, _tiles.Count);
        using Drawing drawing = new(Gap + columns * (_tile.Width + Gap), rows * (_tile.Height + Caption) + Gap);
        foreach ((int number, (string title, string scale, Action<Drawing, int, int> draw)) in _tiles.Index())
        {
            (int left, int top) = (Gap + number % _columns * (_tile.Width + Gap), number / _columns * (_tile.Height + Caption));
            drawing.Text(Fitting(title), left, top + 4, Ink);
            if (scale.Length > 0)
            {
                for (int step = 0; step < Ramp; step++) drawing.Fill(left + step, top + Caption - 15, 1, 8, ColourScale.Of(step / (Ramp - 1.0)));
                drawing.Text(Fitting(scale, Ramp + Gap), left + Ramp + Gap, top + Caption - 16, Ink);
            }
            draw(drawing, left, top + Caption);
        }
        drawing.WritePng(output);
    }

    /// <summary>A number in letters that the pictures have.</summary>
    public static string Plain(double value) => value is 0 or (>= 0.001 and < 1e6) or (<= -0.001 and > -1e6)
        ? ReportNumber.Short(value).Replace("−", "-", StringComparison.Ordinal).Replace(",", "", StringComparison.Ordinal)
        : value.ToString("0.0E0", System.Globalization.CultureInfo.InvariantCulture);

    private string Fitting(string text, int used = 0)
    {
        while (text.Length > 1 && Drawing.TextWidth(text) > _tile.Width - used) text = text[..^1];
        return text;
    }
}
