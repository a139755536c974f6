using Fovea.Training.Runs.Reports;

namespace Fovea.Training.Tests.Runs.Reports.Pictures;

/// <summary>Patches of 10 x 10 units.</summary>
public class PatchOutlineTests
{
    [Fact]
    public void Line_around_a_block_is_its_rectangle_drawn_inside() =>
        Assert.Equal(["M11 11H29", "M11 11V29", "M11 29H29", "M29 11V29"], Parts(new PatchOutline(new PatchGrid(4, 4), 40, 40).Line([5, 6, 9, 10], inset: 1)));

    /// <summary>Two rows: one patch above two. The inner corner lies at (10, 10); the lines meet at (9, 11).</summary>
    [Fact]
    public void Lines_meet_at_an_inner_corner() =>
        Assert.Equal(["M1 19H19", "M1 1H9", "M1 1V19", "M19 11V19", "M9 11H19", "M9 1V11"], Parts(new PatchOutline(new PatchGrid(2, 2), 20, 20).Line([0, 2, 3], inset: 1)));

    [Fact]
    public void Patches_apart_have_lines_of_their_own() => Assert.Equal(8, Parts(new PatchOutline(new PatchGrid(2, 2), 20, 20).Line([0, 3], inset: 1)).Length);

    [Fact]
    public void Area_covers_exactly_the_patches() => Assert.Equal("M10 0H30V10H10ZM0 10H10V20H0ZM20 10H30V20H20Z", new PatchOutline(new PatchGrid(2, 3), 30, 20).Area([1, 2, 3, 5]));

    [Fact]
    public void Nothing_has_no_line() => Assert.Empty(new PatchOutline(new PatchGrid(2, 2), 20, 20).Line([], inset: 1));

    private static string[] Parts(string path) => [.. path.Split('M', StringSplitOptions.RemoveEmptyEntries).Select(part => $"M{part}").Order(StringComparer.Ordinal)];
}
