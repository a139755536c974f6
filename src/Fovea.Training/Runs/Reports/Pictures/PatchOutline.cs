using System.Globalization;
using System.Text;

namespace Fovea.Training.Runs.Reports;

/// <summary>Sets of patches of a picture as SVG paths.</summary>
/// <param name="grid">The patches that the picture is cut into.</param>
/// <param name="width">The picture's width in the units of the paths.</param>
/// <param name="height">Its height.</param>
internal sealed class PatchOutline(PatchGrid grid, double width, double height)
{
    private readonly double _patchWidth = width / grid.Columns, _patchHeight = height / grid.Rows;

    /// <summary>The area of patches: a rectangle for each run in a row.</summary>
    public string Area(IEnumerable<long> patches)
    {
        HashSet<long> set = [.. patches];
        StringBuilder path = new();
        for (int row = 0; row < grid.Rows; row++)
        {
            foreach ((int first, int end) in Runs(grid.Columns, column => Has(set, row, column)))
            {
                path.Append(CultureInfo.InvariantCulture, $"M{first * _patchWidth:0.##} {row * _patchHeight:0.##}H{end * _patchWidth:0.##}V{(row + 1) * _patchHeight:0.##}H{first * _patchWidth:0.##}Z");
            }
        }
        return path.ToString();
    }

    /// <summary>The line around patches, drawn so far inside of them that the lines of neighbouring and overlapping sets do not hide each other.</summary>
    /// <param name="patches">Any set; corners may point inwards.</param>
    /// <param name="inset">How far inside; at most half a patch.</param>
    public string Line(IEnumerable<long> patches, double inset)
    {
        HashSet<long> set = [.. patches];
        StringBuilder path = new();
        foreach (int side in (ReadOnlySpan<int>)[-1, 1])                        // the edges before and behind a row or column
        {
            for (int row = 0; row < grid.Rows; row++)
            {
                double y = (row + (side + 1) / 2) * _patchHeight - side * inset;
                foreach ((double from, double to) in Edges(grid.Columns, _patchWidth, inset, (column, beyond) => Has(set, row + beyond * side, column))) path.Append(CultureInfo.InvariantCulture, $"M{from:0.##} {y:0.##}H{to:0.##}");
            }
            for (int column = 0; column < grid.Columns; column++)
            {
                double x = (column + (side + 1) / 2) * _patchWidth - side * inset;
                foreach ((double from, double to) in Edges(grid.Rows, _patchHeight, inset, (row, beyond) => Has(set, row, column + beyond * side))) path.Append(CultureInfo.InvariantCulture, $"M{x:0.##} {from:0.##}V{to:0.##}");
            }
        }
        return path.ToString();
    }

    // Along a row or column: runs of patches that are in the set and have none beyond the edge. At an outer corner the line ends inside of the last patch;
    // at an inner one it goes on, to meet the line of the patch around the corner.
    private static IEnumerable<(double From, double To)> Edges(int length, double patch, double inset, Func<int, int, bool> has)
    {
        foreach ((int first, int end) in Runs(length, place => has(place, 0) && !has(place, 1)))
        {
            yield return (first * patch + (has(first - 1, 0) ? -inset : inset), end * patch + (has(end, 0) ? inset : -inset));
        }
    }

    private static IEnumerable<(int First, int End)> Runs(int length, Func<int, bool> holds)
    {
        for (int place = 0; place < length; place++)
        {
            if (!holds(place)) continue;
            int first = place;
            while (place < length && holds(place)) place++;
            yield return (first, place);
        }
    }

    private bool Has(HashSet<long> set, int row, int column) => row >= 0 && row < grid.Rows && column >= 0 && column < grid.Columns && set.Contains((long)row * grid.Columns + column);
}
