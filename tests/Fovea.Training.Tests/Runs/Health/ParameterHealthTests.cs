using Fovea.Training.Optimization;
using Fovea.Training.Pretraining;
using Fovea.Training.Runs.Health;
using Fovea.Training.Tests.Pretraining;
using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Training.Tests.Runs.Health;

public class ParameterHealthTests
{
    /// <summary>Parameter by parameter, by its key, in float64: the buffers' order plays no part.</summary>
    [Fact]
    public void Figures_are_those_of_the_parameters_one_by_one()
    {
        using DisposeScope scope = NewDisposeScope();
        using JepaModel model = JepaGolden.Model("A");
        using Generator random = new(1, CPU);
        Fill(model.Trained, model.Trained.GradientView, random);
        Fill(model.Trained, model.Trained.View, random);
        Fill(model.Followed, model.Followed.View, random);

        ParameterHealth health = ParameterHealth.Of(model);

        Assert.Equal(Norm(model.Trained, model.Trained.GradientView, JepaModel.ContextPrefix), health.EncoderGradientNorm, 1e-6);
        Assert.Equal(Norm(model.Trained, model.Trained.GradientView, JepaModel.PredictorPrefix), health.PredictorGradientNorm, 1e-6);
        Dictionary<string, double[]> context = Values(model.Trained, model.Trained.View, JepaModel.ContextPrefix), target = Values(model.Followed, model.Followed.View, JepaModel.TargetPrefix);
        double difference = context.Sum(parameter => parameter.Value.Zip(target[parameter.Key], (x, y) => (x - y) * (x - y)).Sum()), size = context.Values.Sum(values => values.Sum(x => x * x));
        Assert.Equal(Math.Sqrt(difference / size), health.EncoderDistance, 1e-6);
    }

    [Fact]
    public void Both_gradient_norms_make_up_the_optimisers()
    {
        using DisposeScope scope = NewDisposeScope();
        using JepaModel model = JepaGolden.Model("B");
        using Generator random = new(2, CPU);
        Fill(model.Trained, model.Trained.GradientView, random);
        using AdamW optimizer = new(model.Trained, new AdamWSettings());
        ParameterHealth health = ParameterHealth.Of(model);
        double norm = optimizer.GradientNorm();
        Assert.Equal(norm, Math.Sqrt(Math.Pow(health.EncoderGradientNorm, 2) + Math.Pow(health.PredictorGradientNorm, 2)), norm * 1e-6);
    }

    private static void Fill(FlatParameters parameters, Func<ParameterSlice, Tensor> view, Generator random)
    {
        foreach (ParameterSlice slice in parameters.Slices) view(slice).copy_(randn([.. slice.Parameter.Shape.Dimensions], generator: random));
    }

    private static double Norm(FlatParameters parameters, Func<ParameterSlice, Tensor> view, string prefix) => Math.Sqrt(Values(parameters, view, prefix).Values.Sum(values => values.Sum(x => x * x)));

    private static Dictionary<string, double[]> Values(FlatParameters parameters, Func<ParameterSlice, Tensor> view, string prefix) => parameters.Slices
        .Where(slice => slice.Parameter.Key.StartsWith(prefix, StringComparison.Ordinal))
        .ToDictionary(slice => slice.Parameter.Key[prefix.Length..], slice => JepaGolden.Floats(view(slice)).Select(value => (double)value).ToArray());
}
