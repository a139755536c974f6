using Fovea.Tasks;
using Fovea.Training.Data;

namespace Fovea.Training.Tasks;

/// <summary>What the head should have said, for the places of some pictures.</summary>
/// <param name="Found">[found], int64: the places that belong to objects, picture * places + place.</param>
/// <param name="Classes">[found], int64: their classes.</param>
/// <param name="Boxes">[found, 4], float64: left, top, right, bottom of their objects, in pixels of the input.</param>
/// <param name="Places">[found, 3], float64: their column, row and cell size.</param>
/// <param name="Centres">[found], float64: how central they are (Tian et al. 2019, eq. 3); only for these, since elsewhere it is not defined.</param>
/// <param name="LeftOut">[left out], int64: places that count neither way.</param>
/// <param name="PictureCount">Pictures.</param>
internal sealed record FcosTargets(long[] Found, long[] Classes, double[] Boxes, double[] Places, double[] Centres, long[] LeftOut, int PictureCount)
{
    /// <summary>The targets of some pictures.</summary>
    /// <param name="levels">The places of one picture.</param>
    /// <param name="pictures">The objects of each.</param>
    public static FcosTargets Of(IReadOnlyList<Locations> levels, IReadOnlyList<LabelledBox[]> pictures)
    {
        (double X, double Y, double Size)[] places = [.. levels.SelectMany(level => Enumerable.Range(0, level.Count).Select(index => (level[index].X, level[index].Y, (double)level.CellSize)))];
        List<long> found = [], classes = [], leftOut = [];
        List<double> boxes = [], positions = [], centres = [];
        for (int picture = 0; picture < pictures.Count; picture++)
        {
            int[] assigned = LocationAssignment.Assign(levels, pictures[picture]);
            for (int place = 0; place < assigned.Length; place++)
            {
                long number = (long)picture * places.Length + place;
                if (assigned[place] == LocationAssignment.LeftOut) leftOut.Add(number);
                if (assigned[place] < 0) continue;
                LabelledBox one = pictures[picture][assigned[place]];
                (double x, double y, double size) = places[place];
                found.Add(number);
                classes.Add(one.Class);
                boxes.AddRange([one.Box.Left, one.Box.Top, one.Box.Right, one.Box.Bottom]);
                positions.AddRange([x, y, size]);
                centres.Add(CentreNess(x - one.Box.Left, y - one.Box.Top, one.Box.Right - x, one.Box.Bottom - y));
            }
        }
        return new FcosTargets([.. found], [.. classes], [.. boxes], [.. positions], [.. centres], [.. leftOut], pictures.Count);
    }

    /// <summary>1 in the middle of a box, towards 0 at its edges: Tian et al. 2019, eq. 3.</summary>
    public static double CentreNess(double left, double top, double right, double bottom) =>
        Math.Sqrt(Math.Min(left, right) / Math.Max(left, right) * (Math.Min(top, bottom) / Math.Max(top, bottom)));
}
