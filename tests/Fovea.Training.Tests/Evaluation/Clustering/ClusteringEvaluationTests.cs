using Fovea.Training.Evaluation;

namespace Fovea.Training.Tests.Evaluation.Clustering;

public class ClusteringEvaluationTests
{
    [Fact]
    public void Classes_far_apart_are_found_again()
    {
        ClusteringReport report = ClusteringEvaluation.Evaluate(DrawnFeatures.Clouds(120, 8, 4, 40, 1));
        Assert.Equal((4, 8, 120), (report.Clusters, report.Dimensions, report.Data.Train));
        Assert.All(report.Lines, line => Assert.Equal(1, line.Value.Value, 1e-12));
    }

    [Fact]
    public void Noise_has_no_mutual_information_beyond_chance_and_its_interval_holds_the_measure()
    {
        ClusteringReport report = ClusteringEvaluation.Evaluate(DrawnFeatures.Clouds(200, 8, 4, 0, 1));
        Assert.InRange(report.AdjustedMutualInformation.Value, -0.05, 0.05);
        Assert.All(report.Lines.Take(3), line => Assert.InRange(line.Value.Value, line.Value.Low!.Value - 0.05, line.Value.High!.Value));
    }

    [Fact]
    public void Principal_components_keep_distances_of_unit_rows_when_none_is_left_out()
    {
        FeatureMatrix features = new(DrawnFeatures.Normal(30 * 6, 1), 6), projected = PrincipalComponents.Of(features, 50);
        UnitRows rows = new(features);
        Assert.Equal(6, projected.Width);
        double[] one = new double[6], other = new double[6];
        for (int row = 1; row < 30; row++)
        {
            projected.Read(row, one);
            projected.Read(0, other);
            Assert.Equal(2 - 2 * rows.Cosine(row, rows, 0), one.Zip(other).Sum(pair => Math.Pow(pair.First - pair.Second, 2)), 1e-12);
        }
    }

    [Fact]
    public void First_principal_component_has_the_largest_variance()
    {
        FeatureMatrix projected = PrincipalComponents.Of(DrawnFeatures.Clouds(200, 8, 2, 5, 1).Features, 4);
        double[][] rows = [.. Enumerable.Range(0, 200).Select(row =>
        {
            double[] values = new double[4];
            projected.Read(row, values);
            return values;
        })];
        double[] variances = [.. Enumerable.Range(0, 4).Select(column => rows.Average(row => row[column] * row[column]))];
        Assert.Equal(variances.OrderDescending(), variances);
    }
}
