using System.Text.Json.Nodes;
using Fovea.Tests;
using Fovea.Training.Annotations;
using Fovea.Training.Evaluation;

namespace Fovea.Training.Tests.Evaluation.Detection;

/// <summary>Every case of the reference's own figures, within what its README grants: 1e-9.</summary>
public class CocoGoldenTests
{
    public static TheoryData<string> Cases => [.. Folders("*")];

    public static TheoryData<string> CasesWithArrays => [.. Folders("*").Where(name => File.Exists(Path.Combine(TestFolders.FindGolden("coco_ap")!, name, "arrays.json")))];

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Cases))]
    public void Summary_and_classes_equal_the_reference(string name)
    {
        JsonNode expected = Read(name, "expected.json");
        DetectionReport report = Measure(name);
        Assert.Equal(expected["summary"]!.AsObject().Select(figure => figure.Key), report.Summary.Select(figure => figure.Key));
        GoldenJson.Near(name, [.. expected["summary"]!.AsObject().Select(figure => (double)figure.Value!)], [.. report.Summary.Select(figure => figure.Value)]);
        JsonArray categories = expected["per_category"]!.AsArray();
        Assert.Equal(categories.Select(one => ((long)one!["id"]!, (string)one["name"]!)), report.Categories.Select(one => (one.Id, one.Name)));
        if (categories.Count == 0) return;
        GoldenJson.Near(
            $"{name}, classes",
            [.. categories.SelectMany(one => (double[])[(double)one!["AP"]!, (double)one["AP50"]!, (double)one["AP75"]!, (double)one["AR_100"]!])],
            [.. report.Categories.SelectMany(one => (double[])[one.Ap, one.Ap50, one.Ap75, one.Ar100])]);
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(CasesWithArrays))]
    public void Arrays_equal_the_reference_in_form_and_values(string name)
    {
        JsonObject expected = Read(name, "arrays.json").AsObject();
        using MemoryStream bytes = new();
        DetectionReportJson.WriteArrays(bytes, Measure(name));
        JsonObject found = JsonNode.Parse(bytes.ToArray())!.AsObject();
        Assert.Equal(expected.Select(field => field.Key), found.Select(field => field.Key));
        foreach (string field in (string[])["order", "areas", "category_ids", "max_dets", "precision_shape", "recall_shape"]) Assert.Equal(expected[field]!.ToJsonString(), found[field]!.ToJsonString());
        foreach (string field in (string[])["iou_thresholds", "recall_thresholds"]) Assert.Equal(expected[field]!.Numbers(), found[field]!.Numbers());
        foreach (string field in (string[])["precision", "recall"]) GoldenJson.Near($"{name}, {field}", expected[field]!.Numbers(), found[field]!.Numbers());
    }

    private static IEnumerable<string> Folders(string pattern) => TestFolders.FindGolden("coco_ap") is { } folder
        ? Directory.GetDirectories(folder, pattern).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal)
        : [];

    private static DetectionReport Measure(string name)
    {
        string folder = Path.Combine(TestFolders.Golden("coco_ap"), name);
        CocoFile truth = CocoFileReader.Read(Path.Combine(folder, "gt.json"));
        return CocoEvaluation.Of(truth, CocoResults.Read(Path.Combine(folder, "dt.json"), truth));
    }

    private static JsonNode Read(string name, string file) => JsonNode.Parse(File.ReadAllText(Path.Combine(TestFolders.Golden("coco_ap"), name, file)))!;
}
