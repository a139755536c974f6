using System.Text.Json.Nodes;
using Fovea.Tests.Tasks.Detection;
using Fovea.Training.Data;
using Fovea.Training.Tasks;
using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Training.Tests.Tasks.Detection;

/// <summary>Assignment exactly, losses within 1e-9 in float64 and 2e-5 in float32, as the goldens' README has it.</summary>
public class FcosGoldenTests
{
    public static TheoryData<int> Cases => FcosGolden.Cases;

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Cases))]
    public void Assignment_equals_the_reference_exactly(int number)
    {
        JsonNode one = FcosGolden.Case(number);
        int[] assigned = LocationAssignment.Assign(FcosGolden.Levels(one), Objects(one));
        Assert.Equal(one["matched_gt"]!.AsArray().Select(index => (int)index!), assigned);
        FcosTargets targets = FcosTargets.Of(FcosGolden.Levels(one), [Objects(one)]);
        Assert.Equal((int)one["foreground"]!, targets.Found.Length);
        double[] expected = FcosGolden.Numbers(one["centerness_targets_of_foreground"]!);
        Assert.Equal(expected.Length, targets.Centres.Length);
        Assert.All(expected.Zip(targets.Centres), pair => Assert.Equal(pair.First, pair.Second, FcosGolden.Tolerance));
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Cases))]
    public void Losses_equal_the_reference_in_float64(int number) => AssertLosses(number, ScalarType.Float64, FcosGolden.Tolerance);

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Cases))]
    public void Losses_equal_the_reference_in_float32(int number) => AssertLosses(number, ScalarType.Float32, 2e-5);

    private static void AssertLosses(int number, ScalarType type, double tolerance)
    {
        using DisposeScope scope = NewDisposeScope();
        JsonNode one = FcosGolden.Case(number);
        FcosTargets targets = FcosTargets.Of(FcosGolden.Levels(one), [Objects(one)]);
        int places = FcosGolden.Levels(one).Sum(level => level.Count), classes = (int)one["classes"]!;
        FcosOutputs outputs = new(Of("cls_logits", 1, places, classes), Of("box_regression", 1, places, 4), Of("centerness_logits", 1, places));
        FcosLoss loss = FcosLoss.Of(outputs, targets, targets.Found.Length);
        double[] expected = [(double)one["loss_classification"]!, (double)one["loss_box"]!, (double)one["loss_centerness"]!];
        Assert.All(expected.Zip([loss.Classes.ToDouble(), loss.Boxes.ToDouble(), loss.Centres.ToDouble()]), pair => Assert.Equal(pair.First, pair.Second, tolerance * Math.Max(1, pair.First)));

        Tensor Of(string name, params long[] shape) => tensor(FcosGolden.Numbers(one[name]!), shape).to(type);
    }

    private static LabelledBox[] Objects(JsonNode one) =>
        [.. FcosGolden.Boxes(one["gt_boxes_xyxy"]!).Zip(one["gt_classes"]!.AsArray(), (box, index) => new LabelledBox((int)index!, box, IsRegion: false))];
}
