using Fovea.Training.Tasks;
using FsCheck.Xunit;
using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Training.Tests.Tasks;

public class MixerTests
{
    private static readonly ImageSize Size = new(12, 20);
    private static readonly MixingSettings Both = new() { MixupAlpha = 0.8, CutMix = true };

    [Fact]
    public void Each_kind_and_no_mixing_are_equally_likely()
    {
        Mixer mixer = new(Both, Size, 5);
        Mix?[] mixes = [.. Enumerable.Range(0, 6_000).Select(step => mixer.Draw(step, 0))];
        Assert.Equal(2_000, mixes.Count(mix => mix is null), 180.0);                     // five deviations of a third of 6,000
        Assert.Equal(3_000, Enumerable.Range(0, 6_000).Count(step => new Mixer(new MixingSettings { CutMix = true }, Size, 5).Draw(step, 0) is null), 200.0);
    }

    [Fact]
    public void Without_settings_nothing_is_mixed() => Assert.All(Enumerable.Range(0, 50), step => Assert.Null(new Mixer(new MixingSettings(), Size, 5).Draw(step, 0)));

    [Fact]
    public void Mix_is_a_function_of_seed_step_and_place()
    {
        double?[] one = Shares(new Mixer(Both, Size, 5), 0), again = Shares(new Mixer(Both, Size, 5), 0);
        Assert.Equal(one, again);
        Assert.NotEqual(one, Shares(new Mixer(Both, Size, 6), 0));
        Assert.NotEqual(one, Shares(new Mixer(Both, Size, 5), 64));

        static double?[] Shares(Mixer mixer, int first) => [.. Enumerable.Range(0, 40).Select(step => mixer.Draw(step, first)?.OwnShare)];
    }

    [Fact]
    public void Mixup_blends_each_picture_with_the_one_before_it()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor images = arange(3).to(ScalarType.Float32).view(3, 1, 1, 1), targets = eye(3);
        Mix mix = Mix.Whole(0.75);
        Assert.Equal([0.75f * 0 + 0.25f * 2, 0.75f * 1 + 0.25f * 0, 0.75f * 2 + 0.25f * 1], mix.Images(images).data<float>().ToArray());
        Assert.Equal([0.75f, 0, 0.25f, 0.25f, 0.75f, 0, 0, 0.25f, 0.75f], mix.Targets(targets).data<float>().ToArray());
    }

    /// <summary>Pictures of one number each: every pixel of another number was pasted, so the share of the own class is the share of pixels that stayed.</summary>
    [Property]
    public void Cut_share_is_that_of_the_pixels_that_stayed_and_targets_sum_to_1(uint step)
    {
        using DisposeScope scope = NewDisposeScope();
        if (new Mixer(new MixingSettings { CutMix = true }, Size, 7).Draw(step % 1_000_000, 0) is not { } mix) return;
        Tensor images = arange(4).to(ScalarType.Float32).view(4, 1, 1, 1).expand(4, 3, Size.Height, Size.Width).contiguous();
        float[] mixed = mix.Images(images).data<float>().ToArray(), original = images.data<float>().ToArray(), targets = mix.Targets(eye(4)).data<float>().ToArray();
        int area = Size.Height * Size.Width, pasted = Enumerable.Range(0, area).Count(pixel => mixed[3 * area + pixel] != 1);
        Assert.Equal(1 - (double)pasted / area, mix.OwnShare, 12);
        Assert.All(Enumerable.Range(0, area), pixel => Assert.True(mixed[pixel] == 0 || mixed[pixel] == 3, "the first picture's partner is the last"));
        Assert.Equal(Enumerable.Range(0, 12 * area).Select(place => place / (3 * area)), original.Select(value => (int)value));
        Assert.All(Enumerable.Range(0, 4), row => Assert.Equal(1, targets[(4 * row)..(4 * row + 4)].Sum(), 1e-6));
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(-1.0)]
    public void Alpha_that_is_not_above_0_is_refused(double alpha) => Assert.Throws<ArgumentException>(() => new Mixer(new MixingSettings { MixupAlpha = alpha }, Size, 1));
}
