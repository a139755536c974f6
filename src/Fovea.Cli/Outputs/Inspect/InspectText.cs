using System.Globalization;
using Fovea.Insight;
using Fovea.Pages;

namespace Fovea.Cli.Outputs.Inspect;

/// <summary>What was measured as text for people, always in the same order.</summary>
internal static class InspectText
{
    public static void Write(TextWriter text, ModelInsight insight, long? available, IReadOnlyList<string> files)
    {
        StudyPlan plan = insight.Plan;
        VitConfig config = plan.Network.Config;
        text.WriteLine(Line($"model       width {config.Width}, {config.Depth} blocks of {config.Heads} heads, patch {config.PatchSize}, {Count(config.Registers, "register")}, {(config.HasClassToken ? "a" : "no")} class token, {(config.Norm == NormType.RmsNorm ? "RMS" : "layer")} norm, {(config.HasPositions ? "a position table" : "no positions")}, {plan.Network.Size}, grid {plan.Grid}, embedding: {InspectJson.PoolOf(plan.Network)}"));
        text.WriteLine(Line($"pictures    {insight.Pictures.Count:N0}{(available > insight.Pictures.Count ? Line($" of {available:N0}") : "")}"));
        if (insight.Outliers is { } outliers) Norms(text, insight, outliers);
        if (insight.Channels.Length > 0) Channels(text, insight.Channels);
        if (insight.Registers is { } registers) Registers(text, registers, plan.Layout);
        if (plan.Has(InsightParts.Attention)) Attention(text, insight.Attention, plan.Layout);
        if (insight.Local is { } local) Local(text, local);
        if (insight.Global.Count > 0) Global(text, insight.Global);
        if (insight.Lost is { } lost) Lost(text, lost);
        foreach ((InsightParts part, string reason) in insight.Skipped) text.WriteLine($"skipped     {Runs.Inspect.InspectOptions.NameOf(part)}: {reason}");
        foreach (string file in files) text.WriteLine($"written     {CommandLine.OneLine.Of(file)}");
    }

    private static void Norms(TextWriter text, ModelInsight insight, OutlierResult outliers)
    {
        text.WriteLine();
        text.WriteLine("token norms, before the final norm (level 0: as the first block gets them)");
        text.WriteLine("level    median      MADN      99 %       max  outliers" + string.Concat(Enumerable.Range(0, insight.Plan.Layout.SpecialTokens).Select(token => $"  {insight.Plan.Layout.NameOf(token)}")));
        foreach (NormResult level in insight.Norms)
        {
            TokenNorms norms = level.Patches;
            string special = string.Concat(level.Special.Select((spread, token) => $"  {Short(spread.Mean).PadLeft(insight.Plan.Layout.NameOf(token).Length)}"));
            text.WriteLine(Line($"{level.Level,5}{Short(norms.Median),10}{Short(norms.Madn),10}{Short(norms.Quantile(0.99)),10}{Short(norms.Quantile(1)),10}{Percent(level.ShareOfOutliers),10}{special}"));
        }
        text.WriteLine(Line($"cut-off     {Short(outliers.Cutoff)} = {OutlierResult.Rule}"));
        text.WriteLine(Line($"outliers    {Verdict(outliers.Verdict)}: {Percent(outliers.Share)} of the patches (95 %: {Percent(outliers.Interval.Low)} to {Percent(outliers.Interval.High)}), in {outliers.PicturesWith:N0} of {insight.Pictures.Count:N0} pictures; above the paper's {TokenNorms.PaperCutoff:N0}: {Percent(outliers.PaperShare)}"));
        text.WriteLine(Line($"shape       largest gap of the top tenth: a factor of {Short(Math.Exp(outliers.Gap.Gap))} with {Percent(outliers.Gap.ShareAbove)} above it{(outliers.Gap.IsTwoGroups ? ": two groups" : "")}; skewness {Short(outliers.Shape.Skewness)}, excess kurtosis {Short(outliers.Shape.ExcessKurtosis)} of the logarithms"));
        if (outliers.Places is { } places) Places(text, "places", places);
        else text.WriteLine(Line($"places      not enough outliers ({outliers.Counts.Sum():N0} of {OutlierResult.Enough:N0}) to say where they sit"));
        if (outliers.TopPlaces is { } top) Places(text, "top 2 %", top);
    }

    /// <summary>A verdict in words.</summary>
    public static string Verdict(OutlierVerdict verdict) => verdict switch
    {
        OutlierVerdict.None => "none",
        OutlierVerdict.Few => "few",
        _ => "present",
    };

    private static void Places(TextWriter text, string what, OutlierPlaces places) => text.WriteLine(Line(
        $"{what,-12}{Percent(places.RingShare)} at the border ({Percent(places.RingOfGrid)} of the grid); cosine to neighbours {Short(places.NeighbourCosine.Outlier)} (others {Short(places.NeighbourCosine.Normal)}); area by low variance {Short(places.LowVarianceArea)}, by low gradient {Short(places.LowGradientArea)}"));

    private static void Channels(TextWriter text, ChannelResult[] levels)
    {
        text.WriteLine();
        text.WriteLine("share of squared norm in the largest 1 / 2 / 4 / 8 channels");
        text.WriteLine("level  top 0.1 % by norm            other patches                registers                    channels of the top");
        foreach (ChannelResult level in levels)
        {
            text.WriteLine(Line($"{level.Level,5}  {Shares(level.Top),-27}  {Shares(level.Rest),-27}  {Shares(level.Registers),-27}  {string.Join(' ', level.Top.Channels)}").TrimEnd());
        }
    }

    private static string Shares(ChannelGroup? group) => group is null ? "-" : string.Join(" / ", group.Shares.Select(share => Percent(share, 0)));

    private static void Registers(TextWriter text, RegisterResult registers, TokenLayout layout)
    {
        text.WriteLine();
        text.WriteLine("registers after the last block");
        text.WriteLine("                  norm  cosine between pictures  share that varies");
        foreach ((int number, RegisterLevel[] levels) in registers.Levels.Index())
        {
            text.WriteLine(Line($"{layout.NameOf(number),-12}{Short(levels[^1].Norm.Mean),10}{Short(levels[^1].CosineBetweenPictures),25}{Percent(levels[^1].VarianceShare),19}"));
        }
        text.WriteLine(Line($"between registers of a picture: cosine {Short(registers.CosineBetweenRegisters[^1])}; between their attention maps: cosine {Short(registers.MapCosine)}, Jensen-Shannon distance {Short(registers.MapDistance)}"));
        foreach (string reading in registers.Readings) text.WriteLine(reading);
    }

    private static void Attention(TextWriter text, AttentionResult[] blocks, TokenLayout layout)
    {
        text.WriteLine();
        text.WriteLine("attention from patches, mean over heads");
        text.WriteLine("block  to registers  to outliers  spread of patches  strongest sink");
        foreach (AttentionResult block in blocks)
        {
            text.WriteLine(Line($"{block.Block,5}{Percent(block.Mean.RegisterMass),14}{Percent(block.Mean.OutlierMass),13}{Short(block.Mean.Entropy[^1]),19}  {Percent(block.Mean.SinkMass)} to {InspectJson.SinkName(block.Mean.SinkToken, layout)}"));
        }
    }

    private static void Local(TextWriter text, LocalProbes local)
    {
        text.WriteLine();
        text.WriteLine(Line($"what single tokens know (learned from {local.TrainTokens:N0} tokens of {local.TrainPictures:N0} pictures, measured on {local.TestTokens:N0} of {local.TestPictures:N0} others)"));
        text.WriteLine(Line($"                          {Line($"normal ({local.PositionAccuracy.NormalCount:N0})"),16}{Line($"outlier ({local.PositionAccuracy.OutlierCount:N0})"),16}"));
        text.WriteLine(Line($"position, top-1           {Percent(local.PositionAccuracy.Normal),16}{Percent(local.PositionAccuracy.Outlier),16}   chance {Percent(local.Chance)}"));
        text.WriteLine(Line($"position, distance        {Short(local.PositionDistance.Normal),16}{Short(local.PositionDistance.Outlier),16}   patches"));
        text.WriteLine(Line($"pixels, error             {Short(local.PixelError.Normal),16}{Short(local.PixelError.Outlier),16}"));
        text.WriteLine(Line($"pixels, of the mean's     {Percent(local.RelativePixelError.Normal),16}{Percent(local.RelativePixelError.Outlier),16}"));
    }

    private static void Global(TextWriter text, IReadOnlyList<TokenAccuracy> rows)
    {
        text.WriteLine();
        text.WriteLine("which token knows the class (logistic regression on one token a picture)");
        foreach (TokenAccuracy row in rows) text.WriteLine(Line($"{row.Token,-34}{Percent(row.Accuracy),10}  ({Percent(row.Low)} to {Percent(row.High)}), learned from {row.Train:N0}, measured on {row.Test:N0}{(row.IsSubset ? " that have an outlier" : "")}"));
    }

    private static void Lost(TextWriter text, LostResult lost)
    {
        text.WriteLine();
        text.WriteLine(Line($"objects without labels (LOST, keys of the last block): {Percent(lost.PositiveShare)} of the similarities are positive{(lost.IsMeaningful ? "" : "; the method means little outside of 5 to 95 %")}"));
        foreach (CorLoc score in lost.Scores) text.WriteLine(Line($"CorLoc, {score.Method,-14}{Percent(score.Share),10}  ({Percent(score.Interval.Low)} to {Percent(score.Interval.High)}) of {score.Pictures:N0} pictures with objects"));
        if (lost.Unannotated > 0) text.WriteLine(Line($"{lost.Unannotated:N0} pictures are not in the annotations"));
    }

    private static string Count(int count, string thing) => string.Create(CultureInfo.InvariantCulture, $"{count} {thing}{(count == 1 ? "" : "s")}");

    private static string Short(double value) => double.IsNaN(value) ? "-" : ReportNumber.Short(value);

    private static string Percent(double share, int decimals = 2) => double.IsNaN(share) ? "-" : ReportNumber.Percent(share, decimals);

    private static string Line(FormattableString text) => FormattableString.Invariant(text);
}
