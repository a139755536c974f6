using System.Text.Json.Nodes;
using Fovea.Tests;
using Fovea.Training.Tasks;
using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Training.Tests.Tasks;

public class ClassLossTests
{
    // softmax of (ln 1, ln 2, ln 5): 1/8, 2/8, 5/8; of (0, 0, 0): thirds
    private static readonly double[] Logits = [0, Math.Log(2), Math.Log(5), 0, 0, 0];

    [Fact]
    public void Cross_entropy_is_the_mean_of_the_likelihoods() => Assert.Equal((Math.Log(8.0 / 5) + Math.Log(3)) / 2, Mean(new ClassLossSettings(), [2, 0]), 12);

    [Fact]
    public void Smoothing_spreads_its_share_over_all_classes()
    {
        double first = 0.9 * Math.Log(8.0 / 5) + 0.1 / 3 * (Math.Log(8) + Math.Log(4) + Math.Log(8.0 / 5));
        Assert.Equal((first + Math.Log(3)) / 2, Mean(new ClassLossSettings { Smoothing = 0.1 }, [2, 0]), 7);                 // targets are float32
    }

    [Fact]
    public void Weights_divide_by_their_sum_over_the_batch() =>
        Assert.Equal((3 * Math.Log(8.0 / 5) + 0.5 * Math.Log(3)) / 3.5, Mean(new ClassLossSettings(), [2, 0], [0.5, 1, 3]), 12);

    [Fact]
    public void Mixed_targets_are_weighted_class_by_class_and_divided_by_the_pictures()
    {
        using DisposeScope scope = NewDisposeScope();
        using ClassLoss loss = new(new ClassLossSettings(), 3, [0.5, 1, 3], ScalarType.Float64);
        Tensor targets = tensor(new[] { 0, 0.25, 0.75, 1, 0, 0 }, [2, 3]);
        double expected = 0.25 * 1 * Math.Log(4) + 0.75 * 3 * Math.Log(8.0 / 5) + 0.5 * Math.Log(3);
        Assert.Equal(expected / 2, loss.Sum(tensor(Logits, [2, 3]), targets).ToDouble() / loss.Divisor([2, 0], isMixed: true), 12);
    }

    [Fact]
    public void Binary_loss_is_the_mean_over_pictures_and_classes_and_makes_both_classes_of_a_pair_right()
    {
        using DisposeScope scope = NewDisposeScope();
        using ClassLoss loss = new(new ClassLossSettings { Kind = ClassLossKind.Binary }, 3, type: ScalarType.Float64);
        Tensor targets = tensor(new[] { 0, 0.25, 0.75, 1, 0, 0 }, [2, 3]);
        // -ln sigmoid(x) for right classes, -ln (1 - sigmoid(x)) for wrong ones
        double expected = Wrong(0) + Right(Math.Log(2)) + Right(Math.Log(5)) + Right(0) + 2 * Wrong(0);
        Assert.Equal(expected / 6, loss.Sum(tensor(Logits, [2, 3]), targets).ToDouble() / loss.Divisor([2, 0], isMixed: true), 12);

        static double Right(double x) => Math.Log(1 + Math.Exp(-x));
        static double Wrong(double x) => Math.Log(1 + Math.Exp(x));
    }

    [Fact]
    public void Threshold_of_the_binary_loss_leaves_small_shares_out()
    {
        using DisposeScope scope = NewDisposeScope();
        using ClassLoss both = new(new ClassLossSettings { Kind = ClassLossKind.Binary }, 2), one = new(new ClassLossSettings { Kind = ClassLossKind.Binary, BinaryThreshold = 0.3 }, 2);
        Tensor targets = tensor(new[] { 0.25f, 0.75f }, [1, 2]), logits = tensor(new[] { 1f, 1f }, [1, 2]);
        Assert.NotEqual(both.Sum(logits, targets).ToDouble(), one.Sum(logits, targets).ToDouble());
        Assert.Equal(one.Sum(logits, tensor(new[] { 0f, 1f }, [1, 2])).ToDouble(), one.Sum(logits, targets).ToDouble());
    }

    /// <summary>Every pixel that counts is a sample; the same formulas in float64 as the reference's framework has them.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Losses_equal_the_golden_ones(int number)
    {
        using DisposeScope scope = NewDisposeScope();
        JsonNode golden = JsonNode.Parse(File.ReadAllText(Path.Combine(TestFolders.Golden("segmentation"), "losses.json")))!["cases"]![number]!;
        int classes = golden["classes"]!.GetValue<int>(), ignored = golden["ignore_index"]!.GetValue<int>();
        int[][] target = [.. golden["target"]!.AsArray().Select(row => row!.AsArray().Select(value => value!.GetValue<int>()).ToArray())];
        (int Row, int Column)[] pixels = [.. from row in Enumerable.Range(0, target.Length) from column in Enumerable.Range(0, target[0].Length) where target[row][column] != ignored select (row, column)];
        double[] logits = [.. from pixel in pixels from channel in Enumerable.Range(0, classes) select golden["logits"]![channel]![pixel.Row]![pixel.Column]!.GetValue<double>()];
        int[] labels = [.. pixels.Select(pixel => target[pixel.Row][pixel.Column])];
        double[] weights = [.. golden["class_weights"]!.AsArray().Select(value => value!.GetValue<double>())];
        Assert.Equal(golden["cross_entropy"]!.GetValue<double>(), Mean(new ClassLossSettings(), labels, null, logits), 1e-9);
        Assert.Equal(golden["cross_entropy_weighted"]!.GetValue<double>(), Mean(new ClassLossSettings(), labels, weights, logits), 1e-9);
        Assert.Equal(golden["cross_entropy_smoothing_0.1"]!.GetValue<double>(), Mean(new ClassLossSettings { Smoothing = 0.1 }, labels, null, logits), 1e-9);
        Assert.Equal(golden["cross_entropy_weighted_smoothing_0.1"]!.GetValue<double>(), Mean(new ClassLossSettings { Smoothing = 0.1 }, labels, weights, logits), 1e-9);
    }

    [Fact]
    public void Settings_that_cannot_be_are_refused()
    {
        Assert.Contains("0.5", Assert.Throws<ArgumentException>(new ClassLossSettings { Smoothing = 0.5 }.Check).Message, StringComparison.Ordinal);
        Assert.Contains("smoothing", Assert.Throws<ArgumentException>(new ClassLossSettings { Kind = ClassLossKind.Binary, Smoothing = 0.1 }.Check).Message, StringComparison.Ordinal);
        Assert.Contains("class weights", Assert.Throws<ArgumentException>(new ClassLossSettings { Kind = ClassLossKind.Binary, ClassWeights = ClassWeighting.Sqrt }.Check).Message, StringComparison.Ordinal);
    }

    private static double Mean(ClassLossSettings settings, int[] labels, double[]? weights = null, double[]? logits = null)
    {
        using DisposeScope scope = NewDisposeScope();
        int classes = (logits ?? Logits).Length / labels.Length;
        using ClassLoss loss = new(settings, classes, weights, ScalarType.Float64);
        return loss.Sum(tensor(logits ?? Logits, [labels.Length, classes]), loss.OneHot(labels)).ToDouble() / loss.Divisor(labels, isMixed: false);
    }
}
