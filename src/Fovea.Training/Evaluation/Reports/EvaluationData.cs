namespace Fovea.Training.Evaluation;

/// <summary>A training and a test set that belong together, checked: labelled samples only, of one width, of at least two classes.</summary>
internal sealed class EvaluationData
{
    /// <param name="train">To learn from, or the gallery.</param>
    /// <param name="test">To measure on, or the queries; the same object to measure a set within itself.</param>
    /// <exception cref="EvaluationException">A set has no labels, the widths differ, or there is one class only.</exception>
    public EvaluationData(FeatureSet train, FeatureSet test)
    {
        bool isOneSet = ReferenceEquals(train, test);
        Train = train.Labelled();
        Test = isOneSet ? Train : test.Labelled();
        if (Train.Count == 0) throw EvaluationThrow.NoLabels("training");
        if (Test.Count == 0) throw EvaluationThrow.NoLabels("test");
        if (Train.Features.Width != Test.Features.Width) throw EvaluationThrow.WidthsDiffer(Train.Features.Width, Test.Features.Width);
        if (Train.Labels.All(label => label == Train.Labels[0])) throw EvaluationThrow.OneClass(Train.ClassName(Train.Labels[0]));
        Classes = Math.Max(Train.ClassCount, Test.ClassCount);
        Summary = new(
            Train.Feature, Train.Features.Width, Train.Count, Test.Count, Classes, train.Count - Train.Count, isOneSet ? 0 : test.Count - Test.Count,
            isOneSet ? 0 : Test.CountSharedWith(Train), Majority());
    }

    /// <summary>Labelled samples of the training set.</summary>
    public FeatureSet Train { get; }

    /// <summary>Labelled samples of the test set.</summary>
    public FeatureSet Test { get; }

    /// <summary>Classes of either set.</summary>
    public int Classes { get; }

    /// <summary>For the report.</summary>
    public DataSummary Summary { get; }

    /// <summary>The name of a class of either set.</summary>
    public string ClassName(int label) => label < Train.ClassCount ? Train.ClassName(label) : Test.ClassName(label);

    private double Majority()
    {
        int most = Train.Labels.CountBy(label => label).OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key).First().Key;
        return (double)Test.Labels.Count(label => label == most) / Test.Count;
    }
}
