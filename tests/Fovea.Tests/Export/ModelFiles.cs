using Fovea.Checkpoints;
using Fovea.Graphs;
using Fovea.Networks;
using Fovea.Tests.Graphs;

namespace Fovea.Tests.Export;

/// <summary>Models as files: safetensors with a description, and what is exported of them.</summary>
internal static class ModelFiles
{
    private const string AnyNetwork = "vit_b16";

    /// <summary>Writes a network's weights with the description that fits.</summary>
    public static void WriteSafetensors(string path, VitNetwork network, IReadOnlyDictionary<string, Weight> weights)
    {
        ModelDescription description = new()
        {
            Network = AnyNetwork,
            Config = network.Config,
            ImageSize = network.Size,
            Channels = new ChannelStatistics([.. Enumerable.Repeat(0.5, network.Channels)], [.. Enumerable.Repeat(0.25, network.Channels)]),
            Outputs = network.Classes,
            ClassNames = [.. Enumerable.Range(0, network.Classes).Select(number => $"Büffel {number}")],
        };
        using FileStream stream = File.Create(path);
        SafetensorsWriter.Write(
            stream,
            VitParameters.Of(network).Select(parameter => SafetensorsSource.Of(parameter.Key, weights[parameter.Key])),
            new Dictionary<string, string> { [ModelDescriptionJson.Key] = ModelDescriptionJson.Write(description).ToJsonString() });
    }

    /// <summary>A golden network as a model file.</summary>
    public static void WriteSafetensors(string path, Golden golden) => WriteSafetensors(path, golden.Network, golden.Weights);

    /// <summary>Exports a model file, whole or with its matrices in a file beside it; a name that is none is written into the model all the same.</summary>
    public static void Export(string model, string path, Precision precision = Precision.Float32, ImageSize? size = null, string? matrices = null)
    {
        using ModelFile file = ModelFile.Open(model, size: size);
        ExportedGraph graph = ExportedGraph.Of(file, precision);
        using FileStream stream = File.Create(path);
        if (matrices is null)
        {
            graph.Write(stream);
            return;
        }
        using MemoryStream bytes = new();
        graph.Write(stream, bytes, matrices);
        if (matrices.All(char.IsLetter) && matrices.Length > 0) File.WriteAllBytes(Path.Combine(Path.GetDirectoryName(path)!, matrices), bytes.ToArray());
    }
}
