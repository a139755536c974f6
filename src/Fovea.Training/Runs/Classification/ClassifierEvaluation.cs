using Fovea.Checkpoints;
using Fovea.Networks;
using Fovea.Training.Data;
using Fovea.Training.Evaluation;
using Fovea.Training.Networks;
using Fovea.Training.Optimization;
using Fovea.Training.Runs.Probes;
using TorchSharp;

namespace Fovea.Training.Runs.Classification;

/// <summary>Measures a classifier that is ready on labelled pictures of its classes.</summary>
internal static class ClassifierEvaluation
{
    /// <summary>Measures.</summary>
    /// <param name="path">The model's file.</param>
    /// <param name="name">What messages call the model.</param>
    /// <param name="network">The network, where the file does not tell.</param>
    /// <param name="test">SOURCE.</param>
    /// <param name="say">Takes what a person should read.</param>
    /// <param name="skipped">Told of each picture that cannot be used.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="CheckpointException">The model is refused, or has no head.</exception>
    /// <exception cref="TrainingDataException">The pictures have no labels, or other classes than the model.</exception>
    /// <exception cref="ImageException">The source names no pictures.</exception>
    public static ClassifierReport Of(string path, string name, string? network, string test, Action<string> say, Action<SkippedImage> skipped, CancellationToken cancellation)
    {
        using ModelFile file = ModelFile.Open(path, network);
        if (file.Network.Classes == 0) throw ModelThrow.NoClasses(name);
        if (file.Precision == Precision.Int8) throw ModelThrow.NoFloats(path);
        ClassList classes = new(file.Description.ClassNames, file.Network.Classes);
        using LabelledPictures pictures = LabelledPictures.Open(DataSource.Parse([test], SourceUse.Test), classes, cancellation);
        say($"{pictures.Name}: {pictures.Labelled.Length} labelled pictures");
        using FlatParameters parameters = new(VitParameters.Of(file.Network), ComputeType.Float32, hasGradients: false);
        parameters.Load(file.Weights);
        SampleLogits logits = new(pictures.All, new ImageTransform(file.Description.ImageSize, file.Description.Channels), torch.CPU);
        (List<float> values, List<int> samples) = logits.Of(new VitModule(file.Network, parameters.Leaves), pictures.Labelled, skipped, cancellation);
        return ClassifierReport.Of(values, [.. samples.Select(sample => pictures.All.LabelOf(sample)!.Value)], classes.Count, label => classes[label], []);
    }
}
