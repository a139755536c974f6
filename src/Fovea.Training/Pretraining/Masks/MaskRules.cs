using System.Globalization;

namespace Fovea.Training.Pretraining;

/// <summary>What mask settings must be, and the sentence that says so.</summary>
internal static class MaskRules
{
    private const int MostBlocks = 64;
    private const double MostQuantile = 0.5;

    /// <summary>Checks each number alone.</summary>
    /// <exception cref="ArgumentException">One is out of its range.</exception>
    public static void Check(MaskSettings settings, PatchGrid grid)
    {
        Require(grid is { Rows: >= 2 and <= PatchSet.LongestSide, Columns: >= 2 and <= PatchSet.LongestSide },
            $"masks need a grid of 2x2 to {PatchSet.LongestSide}x{PatchSet.LongestSide} patches and the pictures have {grid}; change the picture size.");
        CheckScale("context", settings.ContextScale);
        CheckScale("target", settings.TargetScale);
        Interval aspect = settings.TargetAspect;
        Require(aspect.Low > 0 && aspect.Low <= aspect.High && double.IsFinite(aspect.High),
            $"the target aspect is {aspect}; height divided by width goes from a number above 0 to one that is not smaller, such as 0.75 to 1.5.");
        CheckBlocks("context", settings.ContextBlocks);
        CheckBlocks("target", settings.TargetBlocks);
        Require(settings.MinKeep >= 0, $"min_keep is {settings.MinKeep}; a block keeps more patches than that, so it is 0 or more.");
        Require(settings.ContextQuantile is >= 0 and <= MostQuantile, $"the context quantile is {settings.ContextQuantile}; it is the share of pictures that are drawn again, from 0 to {MostQuantile}.");
    }

    /// <summary>Checks that the smallest block of a kind keeps enough; the reference would look for a larger one for ever.</summary>
    /// <exception cref="ArgumentException">It does not.</exception>
    public static void CheckSmallest(string kind, IEnumerable<BlockSize> sizes, int minKeep, PatchGrid grid)
    {
        BlockSize smallest = sizes.MinBy(size => size.Patches);
        Require(smallest.Patches > minKeep,
            $"the smallest {kind} block on a grid of {grid} has {smallest} = {smallest.Patches} patches and every block must keep more than {minKeep} (min_keep); lower min_keep or raise the {kind} scale.");
    }

    /// <summary>Targets that leave too little to see.</summary>
    public static ArgumentException TooLittleContext(BlockSize target, BlockSize context, MaskSettings settings, PatchGrid grid) => Refusal(
        $"{settings.TargetBlocks} target blocks of {target} in a grid of {grid} rarely leave {settings.ContextBlocks} context blocks of {context} more than {settings.MinKeep} patches each (min_keep); lower the target scale or min_keep, or raise the context scale.");

    private static void CheckScale(string kind, Interval scale) => Require(scale.Low > 0 && scale.Low <= scale.High && scale.High <= 1,
        $"the {kind} scale is {scale}; a block covers a share of the grid above 0 and up to 1, the smaller number first, such as 0.15 to 0.2.");

    private static void CheckBlocks(string kind, int blocks) => Require(blocks is >= 1 and <= MostBlocks, $"{blocks} {kind} blocks are asked for; a picture has 1 to {MostBlocks}.");

    private static void Require(bool holds, FormattableString otherwise)
    {
        if (!holds) throw Refusal(otherwise);
    }

    private static ArgumentException Refusal(FormattableString sentence) => new(sentence.ToString(CultureInfo.InvariantCulture));
}
