using Fovea.Networks;
using Fovea.Tasks;
using Fovea.Training.Data;
using Fovea.Training.Randomness;
using Fovea.Training.Tasks;
using FsCheck.Xunit;

namespace Fovea.Training.Tests.Tasks.Detection;

public class LocationAssignmentTests
{
    // 128 x 128 with patches of 16: P3 has 16 x 16 places, 8 pixels apart.
    private static readonly Locations[] Levels = Locations.OfLevels(ImageSize.Square(128), DetectorConfig.GridsOf(new PatchGrid(8, 8)), DetectorConfig.CellSizesOf(16));

    [Fact]
    public void Levels_of_448_pixels_have_56_28_14_7_and_4_rows() =>
        Assert.Equal([56, 28, 14, 7, 4], DetectorConfig.GridsOf(new PatchGrid(28, 28)).Select(grid => grid.Rows));

    /// <summary>By hand: a box from 20 to 44 has its middle at 32; places of P3 nearer than 12 in both directions are 24, 32, 40, all inside: nine of them. Its farthest edge is at most 20, below 4 cells of P4.</summary>
    [Fact]
    public void Small_box_takes_the_nine_places_around_its_middle()
    {
        int[] assigned = Assign(new LabelledBox(0, new BoundingBox(20, 20, 44, 44), IsRegion: false));
        Assert.Equal(
            [(24, 24), (32, 24), (40, 24), (24, 32), (32, 32), (40, 32), (24, 40), (32, 40), (40, 40)],
            Enumerable.Range(0, Levels[0].Count).Where(place => assigned[place] == 0).Select(place => ((int)Levels[0][place].X, (int)Levels[0][place].Y)));
        Assert.DoesNotContain(0, assigned[Levels[0].Count..]);
    }

    [Fact]
    public void Of_two_boxes_the_smaller_wins_and_of_equal_ones_the_first()
    {
        LabelledBox large = new(0, new BoundingBox(16, 16, 48, 48), IsRegion: false), small = new(1, new BoundingBox(20, 20, 44, 44), IsRegion: false);
        int middle = 4 * 16 + 4;                                            // column and row 32
        Assert.Equal(1, Assign(large, small)[middle]);
        Assert.Equal(0, Assign(small, large)[middle]);
        Assert.Equal(0, Assign(small, small)[middle]);
    }

    [Fact]
    public void Background_inside_of_a_region_is_left_out_and_objects_in_it_are_not()
    {
        LabelledBox crowd = new(0, new BoundingBox(0, 0, 60, 60), IsRegion: true), one = new(1, new BoundingBox(20, 20, 44, 44), IsRegion: false);
        int[] assigned = Assign(crowd, one);
        Assert.Equal(LocationAssignment.LeftOut, assigned[1 * 16 + 1]);
        Assert.Equal(1, assigned[4 * 16 + 4]);
        Assert.Equal(LocationAssignment.Background, assigned[10 * 16 + 10]);
        Assert.Equal(LocationAssignment.Background, assigned[0]);             // on the edge is not inside
    }

    /// <summary>Every box of at least 16 pixels has a place within 1.5 cells of its middle on the level of its size, unless its farthest edge falls exactly on a limit, or smaller boxes cover it.</summary>
    [Property]
    public void Box_that_stands_alone_gets_a_place(ulong seed)
    {
        RandomStream random = new(seed, RandomPurpose.Shapes);
        (double width, double height) = (random.NextUniform(16, 100), random.NextUniform(16, 100));
        (double left, double top) = (random.NextUniform(0, 127 - width), random.NextUniform(0, 127 - height));
        Assert.Contains(0, Assign(new LabelledBox(0, new BoundingBox(left, top, left + width, top + height), IsRegion: false)));
    }

    [Property]
    public void Every_assigned_place_lies_inside_of_its_box(ulong seed)
    {
        RandomStream random = new(seed, RandomPurpose.Shapes);
        LabelledBox[] objects = new LabelledBox[6];
        foreach (ref LabelledBox one in objects.AsSpan())
        {
            (double x, double y) = (random.NextUniform(0, 100), random.NextUniform(0, 100));
            one = new(0, new BoundingBox(x, y, x + random.NextUniform(1, 60), y + random.NextUniform(1, 60)), IsRegion: false);
        }
        FcosTargets targets = FcosTargets.Of(Levels, [objects]);
        for (int found = 0; found < targets.Found.Length; found++)
        {
            double x = targets.Places[3 * found], y = targets.Places[3 * found + 1];
            Assert.True(x > targets.Boxes[4 * found] && x < targets.Boxes[4 * found + 2] && y > targets.Boxes[4 * found + 1] && y < targets.Boxes[4 * found + 3]);
            Assert.InRange(targets.Centres[found], 0, 1);
        }
    }

    private static int[] Assign(params LabelledBox[] objects) => LocationAssignment.Assign(Levels, objects);
}
