using Fovea.Tasks;
using FsCheck.Xunit;

namespace Fovea.Tests.Tasks.Detection;

public class SuppressionTests
{
    /// <summary>By hand: 10 x 10 boxes one column apart overlap by 90 / 110 = 0.82, three columns apart by 70 / 130 = 0.54.</summary>
    [Fact]
    public void Neighbours_go_and_other_classes_and_distant_ones_stay()
    {
        ScoredBox best = new(0, 0.9, new(0, 0, 10, 10)), near = new(0, 0.8, new(1, 0, 11, 10)), far = new(0, 0.7, new(3, 0, 13, 10)), other = new(1, 0.6, new(0, 0, 10, 10));
        Assert.Equal([best, far, other], NonMaximumSuppression.Apply([other, near, best, far], 0.6, 100));
        Assert.Equal([best, far], NonMaximumSuppression.Apply([other, near, best, far], 0.6, most: 2));
    }

    [Fact]
    public void Overlap_of_exactly_the_limit_is_borne()
    {
        ScoredBox[] boxes = [new(0, 0.9, new(0, 0, 10, 10)), new(0, 0.8, new(0, 0, 10, 5))];
        Assert.Equal(2, NonMaximumSuppression.Apply(boxes, 0.5, 100).Count);
        Assert.Single(NonMaximumSuppression.Apply(boxes, 0.4999, 100));
    }

    [Fact]
    public void Of_equal_scores_the_first_stays() =>
        Assert.Equal(1, Assert.Single(NonMaximumSuppression.Apply([new(0, 0.5, new(1, 0, 11, 10)), new(0, 0.5, new(0, 0, 10, 10))], 0.6, 100)).Box.Left);

    [Property]
    public void No_two_kept_boxes_of_a_class_overlap_by_more_and_every_dropped_one_has_a_better_rival(int seed)
    {
        Random random = new(seed);
        ScoredBox[] boxes = [.. Enumerable.Range(0, 60).Select(_ =>
        {
            (double x, double y) = (60 * random.NextDouble(), 60 * random.NextDouble());
            return new ScoredBox(random.Next(3), random.NextDouble(), new BoundingBox(x, y, x + 5 + 30 * random.NextDouble(), y + 5 + 30 * random.NextDouble()));
        })];
        List<ScoredBox> kept = NonMaximumSuppression.Apply(boxes, 0.6, int.MaxValue);
        foreach (ScoredBox box in boxes)
        {
            IEnumerable<ScoredBox> rivals = kept.Where(rival => rival != box && rival.Class == box.Class && rival.Box.Overlap(box.Box) > 0.6);
            if (kept.Contains(box)) Assert.Empty(rivals);
            else Assert.Contains(rivals, rival => rival.Score >= box.Score);
        }
    }
}
