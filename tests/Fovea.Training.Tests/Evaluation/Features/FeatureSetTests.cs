using Fovea.Training.Evaluation;

namespace Fovea.Training.Tests.Evaluation.Features;

public class FeatureSetTests
{
    [Fact]
    public void Feature_that_is_not_finite_is_refused_by_the_name_of_its_sample()
    {
        EvaluationException refused = Assert.Throws<EvaluationException>(() => DrawnFeatures.Set([1, 2, 3, 4, 5, float.NaN], 3, [0, 1]));
        Assert.StartsWith("sample 1: number 2", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Label_beyond_the_classes_is_refused()
    {
        EvaluationException refused = Assert.Throws<EvaluationException>(() => new FeatureSet(new FeatureMatrix([1f, 2], 1), [0, 2], ["cat", "dog"], ["a.jpg", "b.jpg"]));
        Assert.StartsWith("b.jpg: has the label 2", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Labels_that_are_fewer_than_rows_are_refused() => Assert.Throws<ArgumentException>(() => DrawnFeatures.Set([1, 2], 1, [0]));

    [Fact]
    public void Numbers_that_do_not_end_with_a_row_are_refused() => Assert.Throws<ArgumentException>(() => new FeatureMatrix([1f, 2, 3], 2));

    [Fact]
    public void Samples_without_a_label_are_left_out_by_Labelled()
    {
        FeatureSet labelled = DrawnFeatures.Set([1, 2, 3], 1, [1, -1, 0]).Labelled();
        Assert.Equal([1, 0], labelled.Labels);
        Assert.Equal(["sample 0", "sample 2"], labelled.Names);
        Assert.Equal(2, labelled.ClassCount);
    }

    [Fact]
    public void Equal_rows_of_two_sets_are_counted_as_shared() =>
        Assert.Equal(2, DrawnFeatures.Set([1, 2, 3, 4, 1, 2], 2, [0, 0, 0]).CountSharedWith(DrawnFeatures.Set([5, 6, 1, 2], 2, [0, 0])));

    [Fact]
    public void Builder_gives_what_was_added()
    {
        FeatureSetBuilder builder = new("avg", ["cat", "dog"]);
        for (int sample = 0; sample < 200; sample++) builder.Add($"{sample}.jpg", sample % 3 == 2 ? null : sample % 3, [sample, sample + 0.5f]);
        FeatureSet set = builder.Build();
        Assert.Equal(200, set.Count);
        Assert.Equal("199.jpg", set.Names[199]);
        Assert.Equal([0, 1, -1], set.Labels.Take(3));
        double[] row = new double[2];
        set.Features.Read(199, row);
        Assert.Equal([199, 199.5], row);
    }

    [Fact]
    public void Builder_refuses_a_label_beyond_the_classes() => Assert.Throws<EvaluationException>(() => new FeatureSetBuilder("avg", ["cat", "dog"]).Add("a.jpg", 1L << 40, [1]));

    [Fact]
    public void Builder_refuses_another_number_of_features()
    {
        FeatureSetBuilder builder = new("avg", []);
        builder.Add("a.jpg", 0, [1, 2]);
        Assert.Throws<ArgumentException>(() => builder.Add("b.jpg", 0, [1]));
    }

    [Fact]
    public void Builder_of_nothing_says_so() => Assert.Throws<EvaluationException>(() => new FeatureSetBuilder("avg", []).Build());
}
