using Fovea.Training.Evaluation;

namespace Fovea.Training.Tests.Evaluation.FewShot;

public class ShotSamplerTests
{
    private static readonly int[] Labels = [.. Enumerable.Range(0, 60).Select(sample => sample * 7 % 3)];

    [Fact]
    public void Draw_holds_as_many_different_samples_of_each_class_in_ascending_order_of_classes()
    {
        for (int run = 0; run < 20; run++)
        {
            IReadOnlyList<int> drawn = new ShotSampler(Labels, seed: 1).Draw(5, run);
            Assert.Equal(Enumerable.Range(0, 15).Select(place => place / 5), drawn.Select(sample => Labels[sample]));
            Assert.Equal(15, drawn.Distinct().Count());
        }
    }

    [Fact]
    public void Class_of_exactly_so_many_samples_is_drawn_whole() => Assert.Equal(Enumerable.Range(0, 60), new ShotSampler(Labels, seed: 1).Draw(20, 0).Order());

    [Fact]
    public void Class_of_fewer_samples_is_drawn_with_replacement()
    {
        IReadOnlyList<int> drawn = new ShotSampler([0, 1, 1, 1, 1, 1], seed: 1).Draw(4, 0);
        Assert.Equal([0, 0, 0, 0], drawn.Take(4));
        Assert.Equal(4, drawn.Skip(4).Distinct().Count());
    }

    [Fact]
    public void Draw_is_a_function_of_seed_and_run()
    {
        ShotSampler sampler = new(Labels, seed: 1);
        Assert.Equal(sampler.Draw(5, 3), new ShotSampler(Labels, seed: 1).Draw(5, 3));
        Assert.NotEqual(sampler.Draw(5, 3), sampler.Draw(5, 4));
        Assert.NotEqual(sampler.Draw(5, 3), new ShotSampler(Labels, seed: 2).Draw(5, 3));
    }
}
