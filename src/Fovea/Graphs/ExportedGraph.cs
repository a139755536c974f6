using System.Reflection;
using System.Text.Json.Nodes;
using Fovea.Checkpoints;
using Fovea.Networks;

namespace Fovea.Graphs;

/// <summary>A model as an ONNX file that describes itself (docs/formats.md): all that it gives, what that means, and how Fovea reads it back.</summary>
internal sealed class ExportedGraph
{
    /// <summary>Bytes of matrices up to which they stand in the file itself. Protobuf ends at 2 GB; this leaves room for all else, and for readers that hold it twice.</summary>
    public const long LargestInside = 1_500_000_000;

    private readonly OnnxGraph _graph;
    private readonly (string Key, string Value)[] _metadata;

    private ExportedGraph(ModelFile model, Int8Weights? int8)
    {
        ModelDescription description = model.Description with { FoveaVersion = Version };
        VitOutput[] outputs = Outputs(description, model.Network);
        _graph = VitGraph.Write(model.Network, model.Weights, outputs, int8);
        _metadata =
        [
            (ModelDescriptionJson.Key, ModelDescriptionJson.Write(description).ToJsonString()),
            (OnnxFormat.PrecisionKey, OnnxFormat.NameOf(int8 is null ? Precision.Float32 : Precision.Int8)),
            (OnnxFormat.InputsKey, new JsonObject { [VitGraph.ImageInput] = InputText(description) }.ToJsonString()),
            (OnnxFormat.OutputsKey, new JsonObject(outputs.Select(output => KeyValuePair.Create(output.Name, (JsonNode?)OutputText(output, model.Network)))).ToJsonString()),
            (OnnxFormat.GraphKey, _graph.Fingerprint),
        ];
    }

    private static string Version { get; } = typeof(ExportedGraph).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    /// <summary>Bytes of the matrices.</summary>
    public long MatrixBytes => _graph.MatrixBytes;

    /// <summary>Writes the graph of a model at its picture size.</summary>
    /// <param name="model">The model, which must outlive this.</param>
    /// <param name="precision">Bytes are such that every processor multiplies them exactly.</param>
    public static ExportedGraph Of(ModelFile model, Precision precision) =>
        new(model, precision == Precision.Int8 ? Int8Weights.Of(model, ByteProducts.PortableLargestWeight) : null);

    /// <summary>Writes one file that holds everything.</summary>
    public void Write(Stream file) => _graph.WriteWhole(file, _metadata);

    /// <summary>Writes the matrices into a file of their own.</summary>
    /// <param name="file">The model.</param>
    /// <param name="matrices">The file beside it.</param>
    /// <param name="matrixName">Its name, without a folder.</param>
    public void Write(Stream file, Stream matrices, string matrixName)
    {
        _graph.WriteMatrices(matrices);
        file.Write(_graph.ToBytes(matrixName, _metadata));
    }

    // All of it costs one per cent more than the embedding alone (docs/performance.md): the runtime computes every output of a file.
    private static VitOutput[] Outputs(ModelDescription description, VitNetwork network)
    {
        List<VitOutput> outputs = [VitOutput.Embedding];
        if (network.Classes > 0) outputs.Add(VitOutput.Logits);
        outputs.Add(VitOutput.Tokens);
        outputs.AddRange(description.StageNames.Zip(network.StageBlocks, (stage, block) => VitOutput.FeatureMap(block) with { Name = stage }));
        return [.. outputs];
    }

    private static string InputText(ModelDescription description) =>
        $"float32 [batch, channels, height, width]: the whole picture resized to {description.ImageSize} (height x width) by the bicubic filter of Pillow, " +
        $"{(description.Channels.Channels == 1 ? "grey" : "red, green, blue")} from 0 to 1, less the mean and divided by the deviation of its channel";

    private static string OutputText(VitOutput output, VitNetwork network) => output.Content switch
    {
        VitOutput.Kind.Embedding => "[batch, width]: what the head would see, not normalised to length 1",
        VitOutput.Kind.Logits => "[batch, outputs]: before softmax, in the order of the description's classes",
        VitOutput.Kind.Tokens => $"[batch, tokens, width]: after the final norm; {Special(network)}patches row by row",
        _ => $"[batch, width, rows, columns]: the patches after block {output.Index}, before the final norm",
    };

    private static string Special(VitNetwork network) => (network.Config.Registers, network.Config.HasClassToken) switch
    {
        (0, false) => "",
        (0, true) => "the class token, ",
        (int registers, false) => $"{registers} registers, ",
        (int registers, true) => $"{registers} registers, the class token, ",
    };
}
