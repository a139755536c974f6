using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Fovea.Insight;
using Fovea.Networks;

namespace Fovea.Cli.Outputs.Inspect;

/// <summary>What was measured as one JSON object (docs/formats.md). Parts that were not measured are absent, numbers that do not exist null.</summary>
internal static class InspectJson
{
    /// <summary>The version that writes it.</summary>
    public static string Version { get; } = typeof(InspectJson).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    public static JsonObject Of(ModelInsight insight, long? available)
    {
        JsonObject json = new() { ["model"] = Model(insight.Plan), ["images"] = Images(insight, available) };
        if (insight.Outliers is { } outliers)
        {
            json["norms"] = Norms(insight);
            json["outliers"] = Outliers(outliers);
        }
        if (insight.Channels.Length > 0) json["channels"] = new JsonArray([.. insight.Channels.Select(Channel)]);
        if (insight.Plan.Has(InsightParts.Attention)) json["attention"] = new JsonArray([.. insight.Attention.Select(block => Block(block, insight.Plan.Layout))]);
        if (insight.Registers is { } registers) json["registers"] = Registers(registers);
        if (insight.Local is { } local) json["local"] = Local(local);
        if (insight.Global.Count > 0) json["global"] = new JsonArray([.. insight.Global.Select(Accuracy)]);
        if (insight.Lost is { } lost) json["lost"] = Lost(lost);
        json["parts_skipped"] = new JsonArray([.. insight.Skipped.Select(skipped => new JsonObject { ["part"] = Runs.Inspect.InspectOptions.NameOf(skipped.Part), ["reason"] = skipped.Reason })]);
        json["seed"] = insight.Plan.Seed;
        json["version"] = Version;
        return json;
    }

    private static JsonObject Model(StudyPlan plan)
    {
        VitConfig config = plan.Network.Config;
        return new JsonObject
        {
            ["width"] = config.Width,
            ["blocks"] = config.Depth,
            ["heads"] = config.Heads,
            ["patch"] = config.PatchSize,
            ["registers"] = config.Registers,
            ["class_token"] = config.HasClassToken,
            ["norm"] = config.Norm == NormType.RmsNorm ? "rms" : "layer",
            ["position_embedding"] = config.HasPositions,
            ["pool"] = PoolOf(plan.Network),
            ["size"] = new JsonArray(plan.Network.Size.Height, plan.Network.Size.Width),
            ["grid"] = new JsonArray(plan.Grid.Rows, plan.Grid.Columns),
        };
    }

    /// <summary>What makes the embedding of the tokens.</summary>
    public static string PoolOf(VitNetwork network) => network.Config.HasAttentionPool ? "attention" : network.Config.HasClassToken ? "class token" : "mean of patches";

    private static JsonObject Images(ModelInsight insight, long? available) => new()
    {
        ["count"] = insight.Pictures.Count,
        ["available"] = available,
        ["list_hash"] = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', insight.Pictures.Select(picture => picture.Name))))),
        ["size"] = new JsonArray(insight.Plan.Network.Size.Height, insight.Plan.Network.Size.Width),
    };

    private static JsonObject Norms(ModelInsight insight)
    {
        JsonObject norms = new() { ["blocks"] = new JsonArray([.. insight.Norms.Select(level => Level(level, insight.Plan.Layout))]) };
        if (insight.FinalNorms is { } final) norms["after_final_norm"] = Level(final, insight.Plan.Layout);
        return norms;
    }

    private static JsonObject Level(NormResult level, TokenLayout layout)
    {
        JsonObject json = new()
        {
            ["block"] = level.Level,
            ["median"] = Number(level.Patches.Median),
            ["madn"] = Number(level.Patches.Madn),
            ["quantiles"] = new JsonObject(Quantiles.Select(quantile => KeyValuePair.Create(quantile.Name, Number(level.Patches.Quantile(quantile.Share))))),
            ["cutoff"] = Number(level.Patches.Cutoff),
            ["share_outlier"] = Number(level.ShareOfOutliers),
            ["registers"] = new JsonArray([.. level.Special.Take(layout.Registers).Select(Spread)]),
        };
        json["class_token"] = layout.HasClassToken ? Spread(level.Special[^1]) : null;
        return json;
    }

    /// <summary>The quantiles that are told, with their names.</summary>
    public static (string Name, double Share)[] Quantiles { get; } =
        [("1", 0.01), ("5", 0.05), ("25", 0.25), ("50", 0.5), ("75", 0.75), ("95", 0.95), ("99", 0.99), ("99.9", 0.999), ("max", 1)];

    private static JsonObject Outliers(OutlierResult outliers) => new()
    {
        ["cutoff"] = Number(outliers.Cutoff),
        ["rule"] = OutlierResult.Rule,
        ["share"] = Number(outliers.Share),
        ["share_ci"] = Pair(outliers.Interval),
        ["paper_cutoff"] = TokenNorms.PaperCutoff,
        ["paper_share"] = Number(outliers.PaperShare),
        ["images_with"] = outliers.PicturesWith,
        ["count_per_image"] = new JsonObject { ["mean"] = Number(outliers.Counts.Average()), ["median"] = Number(Median(outliers.Counts)), ["max"] = outliers.Counts.Max() },
        ["ratio"] = Number(outliers.Ratio),
        ["verdict"] = outliers.Verdict.ToString().ToLowerInvariant(),
        ["first_block"] = outliers.FirstLevel,
        ["log_skewness"] = Number(outliers.Shape.Skewness),
        ["log_excess_kurtosis"] = Number(outliers.Shape.ExcessKurtosis),
        ["largest_gap"] = new JsonObject { ["log_gap"] = Number(outliers.Gap.Gap), ["norm"] = Number(outliers.Gap.Norm), ["share_above"] = Number(outliers.Gap.ShareAbove), ["two_groups"] = outliers.Gap.IsTwoGroups },
        ["places"] = outliers.Places is { } places ? Places(places) : null,
        ["top_2_percent"] = outliers.TopPlaces is { } top ? Places(top) : null,
    };

    /// <summary>The number in the middle.</summary>
    public static double Median(int[] counts)
    {
        int[] sorted = [.. counts.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2.0;
    }

    private static JsonObject Places(OutlierPlaces places) => new()
    {
        ["cutoff"] = Number(places.Cutoff),
        ["count"] = places.Count,
        ["heatmap"] = new JsonArray([.. places.HeatMap.Select(Numbers)]),
        ["ring_share"] = Number(places.RingShare),
        ["ring_of_grid"] = Number(places.RingOfGrid),
        ["neighbour_cosine"] = new JsonObject
        {
            ["outlier"] = Number(places.NeighbourCosine.Outlier),
            ["normal"] = Number(places.NeighbourCosine.Normal),
            ["outlier_histogram"] = Numbers(places.OutlierHistogram),
            ["normal_histogram"] = Numbers(places.NormalHistogram),
        },
        ["low_information_auc"] = Number(places.LowVarianceArea),
        ["low_gradient_auc"] = Number(places.LowGradientArea),
    };

    private static JsonObject Channel(ChannelResult level) => new()
    {
        ["block"] = level.Level,
        ["top_norm"] = Group(level.Top),
        ["rest"] = Group(level.Rest),
        ["registers"] = Group(level.Registers),
    };

    private static JsonObject? Group(ChannelGroup? group) => group is null ? null : new JsonObject
    {
        ["tokens"] = group.Tokens,
        ["largest_1"] = Number(group.Shares[0]),
        ["largest_2"] = Number(group.Shares[1]),
        ["largest_4"] = Number(group.Shares[2]),
        ["largest_8"] = Number(group.Shares[3]),
        ["channels"] = new JsonArray([.. group.Channels.Select(channel => (JsonNode)channel)]),
    };

    private static JsonObject Block(AttentionResult block, TokenLayout layout)
    {
        JsonObject json = Head(block.Mean, layout);
        json.Insert(0, "block", block.Block);
        json["heads"] = new JsonArray([.. block.Heads.Select(head => Head(head, layout))]);
        return json;
    }

    private static JsonObject Head(HeadResult head, TokenLayout layout) => new()
    {
        ["register_mass"] = Number(head.RegisterMass),
        ["outlier_mass"] = Number(head.OutlierMass),
        ["special_token_mass"] = Numbers(head.TokenMass),
        ["special_token_entropy"] = Numbers(head.Entropy[..^1]),
        ["patch_entropy"] = Number(head.Entropy[^1]),
        ["sink_mass"] = Number(head.SinkMass),
        ["sink_token"] = SinkName(head.SinkToken, layout),
    };

    /// <summary>What the token is called that gets most attention; rows and columns of the grid count from 1.</summary>
    public static string SinkName(int token, TokenLayout layout)
    {
        if (token < layout.SpecialTokens) return layout.NameOf(token);
        int patch = token - layout.SpecialTokens;
        return string.Create(System.Globalization.CultureInfo.InvariantCulture, $"patch in row {patch / layout.Grid.Columns + 1}, column {patch % layout.Grid.Columns + 1}");
    }

    private static JsonObject Registers(RegisterResult registers) => new()
    {
        ["registers"] = new JsonArray([.. registers.Levels.Select((levels, number) => new JsonObject
        {
            ["norm"] = new JsonArray([.. levels.Select(level => Spread(level.Norm))]),
            ["cosine_between_images"] = Numbers(levels.Select(level => level.CosineBetweenPictures)),
            ["variance_share"] = Numbers(levels.Select(level => level.VarianceShare)),
            ["position_norm"] = number < registers.Positions.Length ? Number(registers.Positions[number].Norm) : null,
            ["position_cosine_to_patches"] = number < registers.Positions.Length ? Number(registers.Positions[number].Cosine) : null,
            ["mean_attention"] = Numbers(registers.MeanMaps[number].Select(value => (double)value)),
        })]),
        ["cosine_between_registers"] = Numbers(registers.CosineBetweenRegisters),
        ["map_cosine"] = Number(registers.MapCosine),
        ["map_jensen_shannon_distance"] = Number(registers.MapDistance),
        ["readings"] = new JsonArray([.. registers.Readings.Select(reading => (JsonNode)reading)]),
    };

    private static JsonObject Local(LocalProbes local) => new()
    {
        ["position_top1"] = Norm(local.PositionAccuracy),
        ["position_distance"] = Norm(local.PositionDistance),
        ["position_chance"] = Number(local.Chance),
        ["pixel_error"] = Norm(local.PixelError),
        ["pixel_error_relative"] = Norm(local.RelativePixelError),
        ["train"] = new JsonObject { ["images"] = local.TrainPictures, ["tokens"] = local.TrainTokens },
        ["test"] = new JsonObject { ["images"] = local.TestPictures, ["tokens"] = local.TestTokens },
    };

    private static JsonObject Norm(ByNorm value) => new() { ["normal"] = Number(value.Normal), ["outlier"] = Number(value.Outlier), ["normal_tokens"] = value.NormalCount, ["outlier_tokens"] = value.OutlierCount };

    private static JsonObject Accuracy(TokenAccuracy row) => new()
    {
        ["token"] = row.Token,
        ["top1"] = Number(row.Accuracy),
        ["ci"] = Pair((row.Low, row.High)),
        ["train"] = row.Train,
        ["test"] = row.Test,
        ["penalty"] = row.Penalty,
        ["only_images_with_outliers"] = row.IsSubset,
    };

    private static JsonObject Lost(LostResult lost) => new()
    {
        ["features"] = "k",
        ["bias"] = 0,
        ["k"] = new DiscoveryOptions().Candidates,
        ["positive_share"] = Number(lost.PositiveShare),
        ["meaningful"] = lost.IsMeaningful,
        ["corloc"] = lost.Scores.Count > 0 ? Number(lost.Scores[0].Share) : null,
        ["ci"] = lost.Scores.Count > 0 ? Pair(lost.Scores[0].Interval) : null,
        ["n"] = lost.Scores.Count > 0 ? lost.Scores[0].Pictures : 0,
        ["boxes"] = new JsonArray([.. lost.Objects.Select(one => new JsonObject { ["image"] = one.Name, ["box"] = Box(one.Found.Box), ["seed_only_box"] = Box(one.Found.SeedOnlyBox), ["seed"] = one.Found.Seed })]),
        ["trivial"] = new JsonObject(lost.Scores.Skip(1).Select(score => KeyValuePair.Create(score.Method, Number(score.Share)))),
    };

    private static JsonArray Box(PixelBox box) => new(box.Left, box.Top, box.Right, box.Bottom);

    private static JsonObject Spread(Spread spread) => new() { ["mean"] = Number(spread.Mean), ["sd"] = Number(spread.Deviation) };

    private static JsonArray Pair((double Low, double High) pair) => new(Number(pair.Low), Number(pair.High));

    private static JsonArray Numbers(IEnumerable<double> values) => new([.. values.Select(Number)]);

    private static JsonNode? Number(double value) => double.IsFinite(value) ? JsonValue.Create(Math.Round(value, 9)) : null;
}
