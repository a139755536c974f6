namespace Fovea.Training.Evaluation;

/// <summary>What was measured on what: counts that a reader needs to judge a number.</summary>
/// <param name="Feature">Which features: `avg`, `avg4`, `pixels`.</param>
/// <param name="Width">Numbers of a sample.</param>
/// <param name="Train">Labelled samples of the training set; of the gallery, in retrieval.</param>
/// <param name="Test">Labelled samples of the test set; the queries, in retrieval.</param>
/// <param name="Classes">Classes that there are.</param>
/// <param name="UnlabelledTrain">Samples left out because they have no label.</param>
/// <param name="UnlabelledTest">The same of the test set.</param>
/// <param name="Duplicates">Test samples whose features are, bit for bit, those of a training sample: every one is as good as known. 0 where one set is measured within itself.</param>
/// <param name="Majority">The accuracy of always naming the most frequent training class: what a number must beat to mean anything.</param>
internal sealed record DataSummary(
    string Feature, int Width, int Train, int Test, int Classes, int UnlabelledTrain, int UnlabelledTest, int Duplicates, double Majority);
