using Fovea.Training.Evaluation;
using FsCheck.Xunit;

namespace Fovea.Training.Tests.Evaluation;

public class ClassifierReportTests
{
    /// <summary>Class 0 is right twice and is predicted three times; class 1 right once of two; class 2 never occurs.</summary>
    [Fact]
    public void Macro_F1_is_the_mean_over_classes_that_occur()
    {
        ConfusionMatrix confusion = new([0, 0, 1, 1], [0, 0, 0, 1], 3);
        Assert.Equal((2.0 * 2 / (2 + 3) + 2.0 * 1 / (2 + 1)) / 2, confusion.MacroF1, 12);
    }

    [Fact]
    public void Class_that_is_only_predicted_counts_as_0() => Assert.Equal(2.0 / 3 / 2, new ConfusionMatrix([0, 0], [0, 1], 2).MacroF1, 12);

    [Fact]
    public void Figures_of_three_pictures_by_hand()
    {
        float[] logits = [MathF.Log(3), 0, 0, MathF.Log(3)];                        // 3/4 for class 0; 3/4 for class 1
        ClassifierReport report = ClassifierReport.Of([.. logits, 0, MathF.Log(3)], [0, 1, 0], 2, label => $"{label}", [5, 2]);
        Assert.Equal(2.0 / 3, report.Top1.Value, 12);
        Assert.Equal(1, report.Top5.Value);
        Assert.Equal((-2 * Math.Log(0.75) - Math.Log(0.25)) / 3, report.Calibration.NegativeLogLikelihood, 6);
        Assert.Equal(0.75 - 2.0 / 3, report.Calibration.ExpectedError, 6);
        Assert.Equal((2.0 / 3, 7), (report.Data.Majority, report.Data.Train));
        Assert.All(report.Confidences, confidence => Assert.Equal(0.75, confidence, 6));
    }

    [Property]
    public void Perfect_prediction_scores_1_in_any_order(byte pictures, ulong seed)
    {
        const int Classes = 7;
        Training.Randomness.RandomStream random = new(seed, Training.Randomness.RandomPurpose.Evaluation);
        int[] labels = new int[pictures + 1];
        for (int picture = 0; picture < labels.Length; picture++) labels[picture] = random.NextInteger(Classes);
        ClassifierReport report = Of(labels);
        Assert.Equal((1.0, 1.0, 1.0), (report.Top1.Value, report.Top5.Value, report.MacroF1));
        int[] shuffled = [.. labels];
        random.Shuffle<int>(shuffled);
        Assert.Equal(report.Calibration.NegativeLogLikelihood, Of(shuffled).Calibration.NegativeLogLikelihood, 9);

        ClassifierReport Of(int[] order) => ClassifierReport.Of([.. order.SelectMany(label => Enumerable.Range(0, Classes).Select(other => other == label ? 3f : 0f))], order, Classes, label => $"{label}", []);
    }

    [Fact]
    public void Logit_that_is_not_finite_is_refused() => Assert.Contains("picture 1", Assert.Throws<EvaluationException>(() => ClassifierReport.Of([0, 1, float.NaN, 1], [0, 1], 2, label => $"{label}", [])).Message, StringComparison.Ordinal);
}
