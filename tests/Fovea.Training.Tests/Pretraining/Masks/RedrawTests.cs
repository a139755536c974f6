using Fovea.Training.Pretraining;
using Fovea.Training.Randomness;

namespace Fovea.Training.Tests.Pretraining;

/// <summary>Pictures that show too little context are drawn again by the unbiased sampler, but not for ever.</summary>
public class RedrawTests
{
    private static readonly UnbiasedMaskSampler Sampler = new(new MaskSettings(), new PatchGrid(14, 14), seed: 1);

    [Fact]
    public void Picture_is_drawn_until_it_shows_what_is_wanted()
    {
        (int least, PlacedContext context) = Place(new BlockSize(6, 6), wanted: 105);
        Assert.InRange(context.Attempts, 2, 21);
        Assert.InRange(least, 105, 196);
    }

    [Fact]
    public void Picture_is_kept_as_it_is_after_20_redraws()
    {
        (int least, PlacedContext context) = Place(new BlockSize(6, 6), wanted: 196);
        Assert.Equal(21, context.Attempts);
        Assert.Equal(context.Visible, least);
        Assert.InRange(least, 11, 195);
    }

    [Fact]
    public void Targets_that_cover_everything_are_refused_and_not_drawn_for_ever() => Assert.Contains(
        "4 target blocks of 14x14 in a grid of 14x14 rarely leave", Assert.Throws<ArgumentException>(() => Place(new BlockSize(14, 14), wanted: 11)).Message, StringComparison.Ordinal);

    private static (int Least, PlacedContext Context) Place(BlockSize target, int wanted)
    {
        RandomStream random = new(1, RandomPurpose.MaskPlaces);
        PlacedContext[] contexts = new PlacedContext[1];
        return (Sampler.Place(ref random, (target, new BlockSize(13, 13)), wanted, new Block[4], contexts), contexts[0]);
    }
}
