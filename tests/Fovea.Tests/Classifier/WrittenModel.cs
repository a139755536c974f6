using Fovea.Checkpoints;

namespace Fovea.Tests.Classifier;

/// <summary>Model files that a test writes itself, with our description in them.</summary>
internal static class WrittenModel
{
    /// <summary>The small golden network with a head of seven classes.</summary>
    public static string Tiny => Path.Combine(TestFolders.Golden("vit_tiny"), "vit_reg4_m16_rms_avg_seven_5.safetensors");

    public static void Write(string path, ModelDescription description, IReadOnlyDictionary<string, Weight> weights)
    {
        using FileStream stream = File.Create(path);
        SafetensorsWriter.Write(
            stream,
            weights.Select(pair => SafetensorsSource.Of(pair.Key, pair.Value)),
            new Dictionary<string, string> { [ModelDescriptionJson.Key] = ModelDescriptionJson.Write(description).ToJsonString() });
    }

    /// <summary><see cref="Tiny"/> with another bias of its head, of the same length, and other class names.</summary>
    /// <param name="path">The file to write.</param>
    /// <param name="bias">[7].</param>
    /// <param name="weight">Every number of the head's matrix; null: as it is.</param>
    /// <param name="names">Seven, or nothing.</param>
    public static string WriteTiny(string path, float[] bias, float? weight = null, params string[] names)
    {
        using ModelFile model = ModelFile.Open(Tiny);
        Dictionary<string, Weight> weights = new(model.Weights) { ["classifier.bias"] = new(new TensorShape(bias.Length), bias) };
        if (weight is { } value) weights["classifier.weight"] = new(weights["classifier.weight"].Shape, Enumerable.Repeat(value, bias.Length * model.Description.Config.Width).ToArray());
        Write(path, model.Description with { ClassNames = [.. names] }, weights);
        return path;
    }
}
