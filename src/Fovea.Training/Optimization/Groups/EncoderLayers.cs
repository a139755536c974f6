using System.Globalization;
using System.Text.RegularExpressions;

namespace Fovea.Training.Optimization;

/// <summary>Which layer of an encoder a parameter belongs to, by its key: 0 is what comes before the blocks, then the blocks from 1 on, then final norm, pool and head.</summary>
internal static partial class EncoderLayers
{
    /// <summary>The layer.</summary>
    /// <param name="key">As in a checkpoint, with or without a prefix.</param>
    /// <param name="depth">Blocks.</param>
    /// <returns>0 to <paramref name="depth"/> + 1.</returns>
    public static int Of(string key, int depth)
    {
        if (Block().Match(key) is { Success: true } match) return int.Parse(match.Groups["block"].ValueSpan, CultureInfo.InvariantCulture) + 1;
        return Stem().IsMatch(key) ? 0 : depth + 1;
    }

    [GeneratedRegex(@"(^|\.)encoder\.block\.(?<block>\d+)\.")]
    private static partial Regex Block();

    [GeneratedRegex(@"(^|\.)(class_token|reg_tokens|pos_embedding|conv_proj\.\w+|encoder\.pre_block\..+)$")]
    private static partial Regex Stem();
}
