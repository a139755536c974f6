using FsCheck.Xunit;

namespace Fovea.Tests.Tasks.Detection;

public class BoundingBoxTests
{
    [Fact]
    public void Overlap_by_hand() => Assert.Equal(25.0 / 175, new BoundingBox(0, 0, 10, 10).Overlap(new BoundingBox(5, 5, 15, 15)), 1e-15);

    [Fact]
    public void Box_outside_of_the_picture_keeps_no_area() => Assert.Equal(0, new BoundingBox(-20, 3, -5, 8).Clip(new ImageSize(100, 100)).Area);

    [Property]
    public void Flipped_twice_is_the_same(short left, short right) =>
        Assert.Equal(new BoundingBox(left, 1, right, 2), new BoundingBox(left, 1, right, 2).Flip(640).Flip(640));
}
