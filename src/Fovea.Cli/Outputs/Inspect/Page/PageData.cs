using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Fovea.Insight;

namespace Fovea.Cli.Outputs.Inspect;

/// <summary>The numbers that the page's own script draws: one JSON object, maps in base64. The script alone reads it; its form may change.</summary>
internal static class PageData
{
    /// <summary>As text that can stand inside of an element `script`: no letter of it ends the element.</summary>
    public static string Of(DrawnMaps maps)
    {
        ModelInsight insight = maps.Insight;
        StudyPlan plan = insight.Plan;
        int[] similarityLevels = maps.SimilarityLevels();
        JsonObject[] pictures = new JsonObject[maps.Pictures.Count];
        int similar = maps.SimilarityPictures();
        Parallel.For(0, pictures.Length, number => pictures[number] = Picture(maps, maps.Pictures[number], number < similar ? similarityLevels : []));
        JsonObject json = new()
        {
            ["grid"] = new JsonArray(plan.Grid.Rows, plan.Grid.Columns),
            ["depth"] = plan.Depth,
            ["heads"] = plan.Network.Config.Heads,
            ["colours"] = Convert.ToBase64String(ColourScale.Colours),
            ["levels"] = new JsonArray([.. maps.LevelNames.Select(name => (JsonNode)name)]),
            ["normTops"] = new JsonArray([.. insight.Norms.Select(level => (JsonNode)Math.Max(level.Patches.Quantile(0.999), 1e-30))]),
            ["normCutoffs"] = new JsonArray([.. insight.Norms.Select(level => (JsonNode)level.Patches.Cutoff)]),
            ["pcaNote"] = maps.HasOutliers ? ", outliers left out of the fit" : "",
            ["queries"] = new JsonArray([.. Queries(plan.Layout).Select(name => (JsonNode)name)]),
            ["pictures"] = new JsonArray(pictures),
        };
        return json.ToJsonString(JsonSerializerOptions.Default);                   // escapes < > & ' as \u003C
    }

    /// <summary>Whose attention is drawn, in the order of the maps.</summary>
    public static IEnumerable<string> Queries(TokenLayout layout) =>
        Enumerable.Range(0, layout.SpecialTokens).Select(layout.NameOf).Select(name => char.ToUpperInvariant(name[0]) + name[1..]).Append("Mean of the patches");

    private static JsonObject Picture(DrawnMaps maps, PictureStudy picture, int[] similarityLevels)
    {
        ModelInsight insight = maps.Insight;
        DrawnPicture drawn = picture.Drawn!;
        JsonObject json = new() { ["name"] = picture.Name, ["seed"] = picture.Found?.Seed };
        if (insight.Plan.Has(InsightParts.Norms)) json["norms"] = Floats([.. picture.Norms.SelectMany(norms => norms.Skip(insight.Plan.Layout.SpecialTokens))]);
        if (maps.Best is { } best)
        {
            PcaMap[] components = [.. maps.Components.Take(drawn.Levels.Count - 1).Select(map => map!), best];
            json["pca"] = Convert.ToBase64String([.. components.SelectMany((map, level) => map.Colours(drawn.Levels[level].Span))]);
            json["foreground"] = Convert.ToBase64String([.. components.SelectMany((map, level) => map.Foreground(drawn.Levels[level].Span)).Select(isForeground => (byte)(isForeground ? 1 : 0))]);
        }
        if (drawn.Attention.Length > 0 && insight.Plan.Has(InsightParts.Attention))
        {
            float[][] attention = [.. drawn.Attention.SelectMany(block => block).SelectMany(head => head)];
            (json["attention"], json["attentionTops"], json["rollout"]) = (Scaled(attention), Tops(attention), Scaled([drawn.Rollout]));
            if (drawn.Pool.Length > 0) (json["pool"], json["poolTops"]) = (Scaled(drawn.Pool), Tops(drawn.Pool));
        }
        if (insight.Plan.Has(InsightParts.Pca) && similarityLevels.Length > 0)
        {
            json["similarityLevels"] = new JsonArray([.. similarityLevels.Select(level => (JsonNode)level)]);
            json["similarity"] = Convert.ToBase64String([.. similarityLevels.SelectMany(level => maps.Similarities(picture, level))]);
        }
        return json;
    }

    // Each map from 0 to its own maximum.
    private static string Scaled(float[][] maps)
    {
        byte[] bytes = new byte[maps.Sum(map => map.Length)];
        int place = 0;
        foreach (float[] map in maps)
        {
            float top = Math.Max(TensorPrimitives.Max<float>(map), float.Epsilon);
            foreach (float value in map) bytes[place++] = (byte)Math.Clamp(Math.Round(255.0 * value / top), 0, 255);
        }
        return Convert.ToBase64String(bytes);
    }

    private static string Tops(float[][] maps) => Floats([.. maps.Select(map => TensorPrimitives.Max<float>(map))]);

    private static string Floats(float[] values) => Convert.ToBase64String(MemoryMarshal.AsBytes<float>(values));
}
