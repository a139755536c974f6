using System.Text.Json.Serialization;

namespace Fovea.Training.Evaluation;

/// <summary>How well a classifier does on labelled pictures that it was not trained on.</summary>
/// <param name="Data">What was measured; `feature` is `logits`.</param>
/// <param name="Top1">The likeliest class is the true one.</param>
/// <param name="Top5">The true class is among the five likeliest.</param>
/// <param name="MacroF1">Mean over classes of the harmonic mean of precision and recall.</param>
/// <param name="Calibration">Whether its probabilities mean what they say; its likelihood is the loss.</param>
/// <param name="Classes">How well each class does.</param>
/// <param name="Confusion">Rows are true classes, columns predicted ones.</param>
/// <param name="Predictions">The likeliest class of each picture.</param>
/// <param name="Confidences">Its probability. Not in the JSON.</param>
internal sealed record ClassifierReport(
    DataSummary Data, Estimate Top1, Estimate Top5, double MacroF1, Calibration Calibration, IReadOnlyList<ClassAccuracy> Classes, ConfusionMatrix Confusion, IReadOnlyList<int> Predictions,
    [property: JsonIgnore] IReadOnlyList<double> Confidences)
    : ClassificationReport("classification", Data, Classes, Confusion, Predictions)
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override IReadOnlyList<(string Name, Estimate Value)> Lines => [("top 1", Top1), ("top 5", Top5), ("macro F1", new(MacroF1, null, null)), ("calibration error", new(Calibration.ExpectedError, null, null))];

    /// <summary>Measures.</summary>
    /// <param name="logits">[pictures, classes], before softmax.</param>
    /// <param name="labels">True classes.</param>
    /// <param name="classes">Their number.</param>
    /// <param name="className">Their names.</param>
    /// <param name="train">Training pictures of each class, for the accuracy of always naming the most frequent; empty where nobody knows them.</param>
    /// <exception cref="EvaluationException">There is no picture, or a logit is not finite.</exception>
    public static ClassifierReport Of(IReadOnlyList<float> logits, IReadOnlyList<int> labels, int classes, Func<int, string> className, IReadOnlyList<int> train)
    {
        if (labels.Count == 0) throw EvaluationThrow.NoLabels("validation");
        ClassScores scores = new(Probabilities(logits, classes), labels, classes);
        ConfusionMatrix confusion = new(labels, scores.Predictions, classes);
        int most = train.Count == 0 ? labels.CountBy(label => label).MaxBy(pair => pair.Value).Key : train.Index().MaxBy(count => count.Item).Index;
        DataSummary data = new("logits", classes, train.Sum(), labels.Count, classes, 0, 0, 0, (double)labels.Count(label => label == most) / labels.Count);
        return new(
            data, scores.Top(1), scores.Top(5), confusion.MacroF1, Calibration.Of(scores.All, labels, classes), ClassAccuracy.Of(confusion, className), confusion, scores.Predictions,
            [.. scores.Predictions.Select((prediction, picture) => scores.Of(picture)[prediction])]);
    }

    /// <summary>The softmax of each row, in float64.</summary>
    private static double[] Probabilities(IReadOnlyList<float> logits, int classes)
    {
        double[] probabilities = new double[logits.Count];
        for (int start = 0; start < logits.Count; start += classes)
        {
            double largest = double.NegativeInfinity, sum = 0;
            for (int index = start; index < start + classes; index++)
            {
                if (!float.IsFinite(logits[index])) throw EvaluationThrow.NotFinite($"picture {start / classes}", index - start);
                largest = Math.Max(largest, logits[index]);
            }
            for (int index = start; index < start + classes; index++) sum += probabilities[index] = Math.Exp(logits[index] - largest);
            for (int index = start; index < start + classes; index++) probabilities[index] /= sum;
        }
        return probabilities;
    }
}
