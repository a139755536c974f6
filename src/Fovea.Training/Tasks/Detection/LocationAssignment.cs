using Fovea.Tasks;
using Fovea.Training.Data;

namespace Fovea.Training.Tasks;

/// <summary>
/// Which place predicts which object (Tian et al. 2020, FCOS, sec. 3.1, with centre sampling): places near the middle of a box and inside of it, on the level
/// whose range its size falls into. Among several objects the smallest wins, of equal ones the first. All comparisons are strict and exact.
/// </summary>
internal static class LocationAssignment
{
    /// <summary>The value of places that belong to no object.</summary>
    public const int Background = -1;

    /// <summary>The value of places that belong to no object but lie in a region of many: whatever they say is neither right nor wrong.</summary>
    public const int LeftOut = -2;

    // In cells of the level: how far from the middle, and the range of the farthest edge.
    private const double CentreRadius = 1.5, Nearest = 4, Farthest = 8;

    /// <summary>Assigns the places of all levels.</summary>
    /// <param name="levels">From fine to coarse.</param>
    /// <param name="objects">Of one picture, in pixels of the network's input.</param>
    /// <returns>[places]: the index of an object, <see cref="Background"/> or <see cref="LeftOut"/>.</returns>
    public static int[] Assign(IReadOnlyList<Locations> levels, IReadOnlyList<LabelledBox> objects)
    {
        int[] assigned = new int[levels.Sum(level => level.Count)];
        int first = 0;
        for (int number = 0; number < levels.Count; number++)
        {
            Locations level = levels[number];
            double least = number == 0 ? 0 : Nearest * level.CellSize, most = number == levels.Count - 1 ? double.PositiveInfinity : Farthest * level.CellSize;
            for (int index = 0; index < level.Count; index++) assigned[first + index] = ObjectAt(level[index], level.CellSize, least, most, objects);
            first += level.Count;
        }
        return assigned;
    }

    private static int ObjectAt((double X, double Y) place, int cellSize, double least, double most, IReadOnlyList<LabelledBox> objects)
    {
        int chosen = Background;
        bool isInRegion = false;
        double smallest = double.PositiveInfinity;
        for (int index = 0; index < objects.Count; index++)
        {
            BoundingBox box = objects[index].Box;
            double left = place.X - box.Left, top = place.Y - box.Top, right = box.Right - place.X, bottom = box.Bottom - place.Y;
            if (Math.Min(Math.Min(left, right), Math.Min(top, bottom)) <= 0) continue;
            if (objects[index].IsRegion)
            {
                isInRegion = true;
                continue;
            }
            double farthest = Math.Max(Math.Max(left, right), Math.Max(top, bottom));
            if (farthest <= least || farthest >= most || box.Area >= smallest) continue;
            double away = Math.Max(Math.Abs(place.X - (box.Left + box.Right) / 2), Math.Abs(place.Y - (box.Top + box.Bottom) / 2));
            if (away >= CentreRadius * cellSize) continue;
            (chosen, smallest) = (index, box.Area);
        }
        return chosen == Background && isInRegion ? LeftOut : chosen;
    }
}
