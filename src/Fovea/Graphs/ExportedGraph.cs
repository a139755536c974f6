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

    private ExportedGraph(OnnxGraph graph, ModelDescription description, bool isInt8, string input, IEnumerable<(string Name, string Text)> outputs)
    {
        _graph = graph;
        _metadata =
        [
            (ModelDescriptionJson.Key, ModelDescriptionJson.Write(description with { FoveaVersion = Version }).ToJsonString()),
            (OnnxFormat.PrecisionKey, OnnxFormat.NameOf(isInt8 ? Precision.Int8 : Precision.Float32)),
            (OnnxFormat.InputsKey, new JsonObject { [VitGraph.ImageInput] = input }.ToJsonString()),
            (OnnxFormat.OutputsKey, new JsonObject(outputs.Select(output => KeyValuePair.Create(output.Name, (JsonNode?)output.Text))).ToJsonString()),
            (OnnxFormat.GraphKey, _graph.Fingerprint),
        ];
    }

    private static string Version { get; } = typeof(ExportedGraph).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    /// <summary>Bytes of the matrices.</summary>
    public long MatrixBytes => _graph.MatrixBytes;

    /// <summary>Writes the graph of a model at its picture size.</summary>
    /// <param name="model">The model, which must outlive this.</param>
    /// <param name="precision">Bytes are such that every processor multiplies them exactly.</param>
    /// <exception cref="ArgumentException">Bytes are asked for of a detector.</exception>
    public static ExportedGraph Of(ModelFile model, Precision precision)
    {
        ModelDescription description = model.Description;
        if (description.Detector is { } detector)
        {
            if (precision == Precision.Int8) throw new ArgumentException("a detector is exported in fp32 alone; leave --precision out.", nameof(precision));
            OnnxGraph whole = DetectorGraph.Write(model.Network, detector, description.Outputs, model.Weights);
            return new ExportedGraph(whole, description, isInt8: false, DetectorInputText(description), DetectorOutputs(description));
        }
        Int8Weights? int8 = precision == Precision.Int8 ? Int8Weights.Of(model, ByteProducts.PortableLargestWeight) : null;
        VitOutput[] outputs = Outputs(description, model.Network);
        OnnxGraph graph = VitGraph.Write(model.Network, model.Weights, outputs, int8);
        return new ExportedGraph(graph, description, int8 is not null, InputText(description), outputs.Select(output => (output.Name, OutputText(output, model.Network))));
    }

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

    private static string DetectorInputText(ModelDescription description) =>
        $"float32 [batch, channels, height, width]: the picture resized to fit into {description.ImageSize} (height x width) with its aspect ratio, bilinear with antialiasing, in the left upper corner, " +
        "red, green, blue from 0 to 1, less the mean and divided by the deviation of its channel; 0 around it";

    private static IEnumerable<(string Name, string Text)> DetectorOutputs(ModelDescription description)
    {
        VitNetwork network = description.ToNetwork();
        string places = string.Join(", ", Networks.DetectorConfig.GridsOf(network.Grid).Zip(Networks.DetectorConfig.CellSizesOf(network.Config.PatchSize), (grid, size) => $"{grid.Rows} x {grid.Columns} in cells of {size} pixels"));
        yield return (DetectorGraph.ClassLogits, $"[batch, places, classes]: before sigmoid; places are those of the levels {places}, each row by row; a score is the root of the sigmoids' product with centre_logits");
        yield return (DetectorGraph.Distances, "[batch, places, 4]: from a place, column and row times the step of its level, to the left, upper, right and lower edge, in cells");
        yield return (DetectorGraph.CentreLogits, "[batch, places]: centre-ness, before sigmoid");
    }

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
