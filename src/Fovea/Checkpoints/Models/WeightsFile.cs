namespace Fovea.Checkpoints;

/// <summary>A model as `.safetensors` that describes itself.</summary>
internal static class WeightsFile
{
    /// <param name="stream">Where to; not closed.</param>
    /// <param name="description">What the weights are of.</param>
    /// <param name="weights">By the contract's keys.</param>
    /// <param name="isHalf">Rounded to half precision: half the bytes, embeddings to about three digits.</param>
    public static void Write(Stream stream, ModelDescription description, IEnumerable<KeyValuePair<string, Weight>> weights, bool isHalf = false) => SafetensorsWriter.Write(
        stream,
        weights.Select(pair => isHalf ? SafetensorsSource.OfHalf(pair.Key, pair.Value) : SafetensorsSource.Of(pair.Key, pair.Value)),
        new Dictionary<string, string> { [ModelDescriptionJson.Key] = ModelDescriptionJson.Write(description).ToJsonString() });
}
