using Fovea.Checkpoints;

namespace Fovea.Training.Runs.Checkpoints;

/// <summary>The file `model.safetensors` of a run folder: weights with the description that makes them a model, loaded wherever a model is asked for.</summary>
internal static class ServedModel
{
    /// <summary>Writes it.</summary>
    /// <param name="stream">Not closed.</param>
    /// <param name="description">What the model is.</param>
    /// <param name="weights">Every parameter of its network, under the network's own keys.</param>
    public static void Write(Stream stream, ModelDescription description, IEnumerable<KeyValuePair<string, Weight>> weights) => SafetensorsWriter.Write(
        stream,
        weights.Select(pair => SafetensorsSource.Of(pair.Key, pair.Value)),
        new Dictionary<string, string> { [ModelDescriptionJson.Key] = ModelDescriptionJson.Write(description).ToJsonString() });
}
