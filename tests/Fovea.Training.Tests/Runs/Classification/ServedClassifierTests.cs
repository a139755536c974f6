using Fovea.Checkpoints;
using Fovea.Networks;
using Fovea.Tests;
using Fovea.Training.Data;
using Fovea.Training.Networks;
using Fovea.Training.Optimization;
using Fovea.Training.Runs.Probes;
using TorchSharp;

namespace Fovea.Training.Tests.Runs;

/// <summary>What is trained is what serves: libtorch, ONNX Runtime on the run folder, and the exported file give the same probabilities.</summary>
public sealed class ServedClassifierTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Probabilities_of_the_run_folder_and_of_the_exported_file_are_those_of_the_trained_network()
    {
        string data = DrawnClasses.Write(_folder.File("data"), 16, 1, classes: 3), run = _folder.File("run"), exported = _folder.File("model.onnx");
        SmallFinetune.Train(run, SmallFinetune.Recipe(data));
        using (ModelExport export = ModelExport.Open(Path.Combine(run, "model.safetensors"), new EncoderOptions()))
        {
            using FileStream file = File.Create(exported);
            export.Write(file);
        }
        string[] files = [.. Directory.GetFiles(data, "*.png", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
        double[][] trained = Trained(run, data);
        using ImageClassifier served = ImageClassifier.Load(run), read = ImageClassifier.Load(exported);
        Assert.Equal(["blue", "green", "red"], read.ClassNames);
        for (int picture = 0; picture < files.Length; picture++)
        {
            foreach (ImageClassifier classifier in (ReadOnlySpan<ImageClassifier>)[served, read])
            {
                // Sums of float32 products in another order: 1e-6 of logits near 1, so well below 1e-5 of a probability.
                Assert.All(classifier.Classify(files[picture]), found => Assert.Equal(trained[picture][found.Index], found.Probability, 1e-5));
            }
        }
    }

    private static double[][] Trained(string run, string data)
    {
        using ModelFile model = ModelFile.Open(Path.Combine(run, "model.safetensors"));
        using FlatParameters parameters = new(VitParameters.Of(model.Network), ComputeType.Float32, hasGradients: false);
        parameters.Load(model.Weights);
        using IndexedPictures pictures = IndexedPictures.Open(DataSource.Parse([data], SourceUse.All), new IndexOptions { LabelsFolders = true }, TestContext.Current.CancellationToken);
        SampleLogits logits = new(pictures, new ImageTransform(model.Description.ImageSize, model.Description.Channels), torch.CPU);
        (List<float> values, _) = logits.Of(new VitModule(model.Network, parameters.Leaves), [.. Enumerable.Range(0, pictures.Count)], cancellation: TestContext.Current.CancellationToken);
        return [.. values.Chunk(3).Select(row =>
        {
            double[] powers = [.. row.Select(value => Math.Exp(value))];
            return powers.Select(power => power / powers.Sum()).ToArray();
        })];
    }
}
