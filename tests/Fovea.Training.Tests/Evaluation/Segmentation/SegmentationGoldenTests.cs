using System.Text.Json.Nodes;
using Fovea.Tests;
using Fovea.Training.Annotations;
using Fovea.Training.Evaluation;

namespace Fovea.Training.Tests.Evaluation.Segmentation;

/// <summary>Counts exactly, ratios within 1e-12, as the goldens' README has it.</summary>
public class SegmentationGoldenTests
{
    private const double Tolerance = 1e-12;

    public static TheoryData<string> Cases => TestFolders.FindGolden("segmentation") is { } folder
        ? [.. Directory.GetDirectories(folder).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal)]
        : [];

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Cases))]
    public void Counts_and_figures_equal_the_reference(string name)
    {
        string folder = Path.Combine(TestFolders.Golden("segmentation"), name);
        JsonNode expected = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "expected.json")))!;
        PixelConfusion confusion = new((int)expected["num_classes"]!);
        foreach (JsonNode? pair in expected["images"]!.AsArray())
        {
            LabelPicture target = Mask(folder, (string)pair!["target"]!), prediction = Mask(folder, (string)pair["prediction"]!);
            if ((bool)expected["reduce_zero_label"]!) target = target.ReduceZeroLabel();
            Assert.Equal(target.Size, prediction.Size);
            confusion.Add(target.Classes, prediction.Classes, (ushort)(int)expected["ignore_index"]!, name);
        }
        JsonArray rows = expected["confusion"]!.AsArray();
        for (int row = 0; row < confusion.Classes; row++)
        {
            Assert.Equal(rows[row]!.AsArray().Select(count => (long)count!), Enumerable.Range(0, confusion.Classes).Select(column => confusion[row, column]));
            Assert.Equal((long)expected["invalid_prediction"]![row]!, confusion.Invalid(row));
        }
        SegmentationScores found = SegmentationScores.Of(confusion);
        Equal(expected, "per_class_iou", found.ClassIou);
        Equal(expected, "per_class_acc", found.ClassAccuracy);
        Equal(expected, "per_class_dice", found.ClassDice);
        Equal(expected, "mIoU", found.MeanIou);
        Equal(expected, "mIoU_target_classes_only", found.MeanIouOfTargets);
        Equal(expected, "mean_acc", found.MeanAccuracy);
        Equal(expected, "mean_dice", found.MeanDice);
        Equal(expected, "pixel_acc", found.PixelAccuracy);
        Equal(expected, "fwIoU", found.FrequencyWeightedIou);
    }

    private static LabelPicture Mask(string folder, string file) => LabelPicture.Read(File.ReadAllBytes(Path.Combine(folder, file)), file);

    private static void Equal(JsonNode golden, string name, IReadOnlyList<double?> found)
    {
        JsonArray expected = golden[name]!.AsArray();
        Assert.Equal(expected.Count, found.Count);
        for (int index = 0; index < found.Count; index++) Equal($"{name}[{index}]", expected[index], found[index]);
    }

    private static void Equal(JsonNode golden, string name, double? found) => Equal(name, golden[name], found);

    private static void Equal(string what, JsonNode? expected, double? found)
    {
        Assert.True((expected is null) == (found is null), $"{what} is {found}, golden {expected}");
        if (found is { } value) Assert.True(Math.Abs((double)expected! - value) <= Tolerance, $"{what} is {value:R}, golden {expected}");
    }
}
