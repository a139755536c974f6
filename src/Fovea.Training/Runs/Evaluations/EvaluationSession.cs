using Fovea.Training.Evaluation;
using Fovea.Training.Networks;

namespace Fovea.Training.Runs.Evaluations;

/// <summary>Measures a model by one protocol, beside the same network at random initialisation and beside raw pixels.</summary>
/// <param name="protocol">How.</param>
/// <param name="features">Of what.</param>
/// <param name="skipped">Told of each picture that cannot be used, once.</param>
/// <param name="say">Takes what a person should read while it runs.</param>
internal sealed class EvaluationSession(Protocol protocol, FeatureTable features, Action<SkippedImage> skipped, Action<string> say)
{
    /// <summary>The columns of the table in their order: the model first.</summary>
    public IReadOnlyList<(string Name, EvaluationReport Report)> Of(EvaluatedModel model, CancellationToken cancellation)
    {
        ImageTransform transform = new(model.Description.ImageSize, model.Description.Channels);
        List<(string, EvaluationReport)> columns = [];
        Add(model.Context is null ? "model" : "target encoder", model.Model, skipped);
        if (model.Context is { } context) Add("context encoder", context, Nobody);
        Add("random initialisation", model.Random, Nobody);
        columns.Add(Pixels(cancellation));
        return columns;

        void Add(string name, VitModule network, Action<SkippedImage> told)
        {
            say($"{name}: features");
            IReadOnlyList<(FeatureSet, FeatureSet)> sets = features.Of(network, transform, protocol.WantsLastFour, told, cancellation);
            say($"{name}: {protocol.Name}");
            columns.Add((name, protocol.Evaluate(sets, cancellation)));
        }
    }

    /// <summary>As above for an `.onnx` file, whose network nobody can build at random.</summary>
    public IReadOnlyList<(string Name, EvaluationReport Report)> Of(ImageEncoder encoder, CancellationToken cancellation)
    {
        say("model: features");
        return [("model", protocol.Evaluate([features.Of(encoder, cancellation)], cancellation)), Pixels(cancellation)];
    }

    private (string, EvaluationReport) Pixels(CancellationToken cancellation)
    {
        say("raw pixels");
        return ("raw pixels", protocol.Evaluate([features.OfPixels(cancellation)], cancellation));
    }

    private static void Nobody(SkippedImage picture)
    {
    }
}
