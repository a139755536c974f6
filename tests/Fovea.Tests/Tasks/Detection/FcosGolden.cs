using System.Text.Json.Nodes;
using Fovea.Tasks;

namespace Fovea.Tests.Tasks.Detection;

/// <summary>The reference's FCOS mathematics, `coco_ap/fcos_math.json`, in double precision.</summary>
internal static class FcosGolden
{
    /// <summary>What the README grants in double precision.</summary>
    public const double Tolerance = 1e-9;

    public static TheoryData<int> Cases
    {
        get
        {
            TheoryData<int> cases = [];
            for (int number = 0; TestFolders.FindGolden("coco_ap") is not null && number < Read()["cases"]!.AsArray().Count; number++) cases.Add(number);
            return cases;
        }
    }

    public static JsonNode Read() => JsonNode.Parse(File.ReadAllText(Path.Combine(TestFolders.Golden("coco_ap"), "fcos_math.json")))!;

    public static JsonNode Case(int number) => Read()["cases"]![number]!;

    public static DetectionSettings Settings()
    {
        JsonNode settings = Read()["settings"]!;
        return new DetectionSettings
        {
            LeastScore = (double)settings["score_threshold"]!,
            MostPerLevel = (int)settings["pre_nms_topk_per_level"]!,
            MostOverlap = (double)settings["nms_iou"]!,
            MostDetections = (int)settings["max_detections"]!,
            KeepsDegenerate = true,
        };
    }

    public static Locations[] Levels(JsonNode one) => Locations.OfLevels(
        Size(one["padded_size_hw"]!), [.. one["grids_hw"]!.AsArray().Select(grid => new PatchGrid((int)grid![0]!, (int)grid[1]!))], [.. one["anchor_sizes"]!.AsArray().Select(size => (int)size!)]);

    public static ImageSize Size(JsonNode heightAndWidth) => new((int)heightAndWidth[0]!, (int)heightAndWidth[1]!);

    public static double[] Numbers(JsonNode list) => [.. list.AsArray().SelectMany(item => item is JsonArray row ? Numbers(row) : [(double)item!])];

    public static BoundingBox[] Boxes(JsonNode list) => [.. list.AsArray().Select(box => new BoundingBox((double)box![0]!, (double)box[1]!, (double)box[2]!, (double)box[3]!))];

    /// <summary>The predictions of all levels, cut into levels.</summary>
    public static DetectorMaps<T>[] Maps<T>(JsonNode one, Func<double, T> convert)
        where T : struct, System.Numerics.IFloatingPointIeee754<T>
    {
        int classes = (int)one["classes"]!, first = 0;
        T[] logits = [.. Numbers(one["cls_logits"]!).Select(convert)], distances = [.. Numbers(one["box_regression"]!).Select(convert)], centres = [.. Numbers(one["centerness_logits"]!).Select(convert)];
        return [.. Levels(one).Select(level =>
        {
            int start = first;
            first += level.Count;
            return new DetectorMaps<T>(level, logits.AsMemory(start * classes, level.Count * classes), distances.AsMemory(4 * start, 4 * level.Count), centres.AsMemory(start, level.Count));
        })];
    }
}
