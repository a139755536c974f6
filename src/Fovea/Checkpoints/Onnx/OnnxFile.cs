using System.Security.Cryptography;

namespace Fovea.Checkpoints;

/// <summary>
/// An `.onnx` file that `fovea export` wrote: its metadata and initialisers. Its graph is for other programs; here it is only compared with the
/// fingerprint that was written with it, and Fovea computes the network that the description names (docs/decisions/0012).
/// </summary>
internal sealed record OnnxFile(IReadOnlyList<CheckpointTensor> Tensors, IReadOnlyDictionary<string, string> Metadata, MappedFile? Matrices)
{
    public const int LongestKey = 256;

    private const int LongestValue = 16_000_000;                                    // a description that names every class of the largest data sets has 1 MB
    private const int MostEntries = 64;
    private const int MostTensors = 65_536;                                         // the largest network has some hundreds
    private const int NodeField = 1, NameField = 2, InitializerField = 5, TextField = 10, InputField = 11, OutputField = 12;

    /// <exception cref="CheckpointException">The file is damaged, not ours, or was changed.</exception>
    public static OnnxFile Read(MappedFile file, FileBytes bytes)
    {
        string path = file.Path;
        if (bytes.Length > int.MaxValue) throw OnnxThrow.Damaged(path, $"it has {bytes.Length:N0} bytes, and an ONNX file ends at 2 GB");
        (FileBytes graph, Dictionary<string, string> metadata, int foreign) = ReadModel(new ProtobufReader(bytes, path), path);
        if (!metadata.ContainsKey(ModelDescriptionJson.Key)) throw OnnxThrow.NotOurs(path);
        if (foreign != 0) throw OnnxThrow.Foreign(path, foreign == 25 ? "the model has functions of its own" : $"the model has the field {foreign}");
        (List<OnnxTensor> tensors, string fingerprint) = ReadGraph(new ProtobufReader(graph, path), path);
        if (metadata.GetValueOrDefault(OnnxFormat.GraphKey) != fingerprint) throw OnnxThrow.Changed(path);
        CheckPrecision(tensors, metadata.GetValueOrDefault(OnnxFormat.PrecisionKey), path);
        MappedFile? matrices = OpenMatrices(tensors, path);
        try
        {
            return new([.. tensors.Select(tensor => Place(tensor, file, bytes, matrices))], metadata, matrices);
        }
        catch
        {
            matrices?.Dispose();
            throw;
        }
    }

    /// <summary>What the file's entry <see cref="OnnxFormat.GraphKey"/> has to say.</summary>
    /// <exception cref="CheckpointException">The file is damaged.</exception>
    public static string Fingerprint(FileBytes bytes, string path) => ReadGraph(new ProtobufReader(ReadModel(new ProtobufReader(bytes, path), path).Graph, path), path).Fingerprint;

    /// <summary>A key and a value.</summary>
    public static (string Key, string Value) ReadEntry(ProtobufReader message, string path, int longestValue)
    {
        string key = "", value = "";
        while (message.Next())
        {
            switch (message.Field)
            {
                case 1: key = message.Text(LongestKey); break;
                case 2: value = message.Text(longestValue); break;
                default: throw OnnxThrow.Damaged(path, $"an entry has the field {message.Field}");
            }
        }
        return (key, value);
    }

    // Fields that are not ours are only noted: that the file is not ours at all comes first.
    private static (FileBytes Graph, Dictionary<string, string> Metadata, int ForeignField) ReadModel(ProtobufReader model, string path)
    {
        FileBytes? graph = null;
        Dictionary<string, string> metadata = [];
        int foreign = 0;
        while (model.Next())
        {
            switch (model.Field)
            {
                case 1 or 2 or 3 or 6 or 8: break;                                  // version, producer, its version, documentation, operator sets
                case 7:
                    if (graph is not null) throw OnnxThrow.Damaged(path, "it has two graphs");
                    graph = model.Bytes();
                    break;
                case 14:
                    (string key, string value) = ReadEntry(model.Message(), path, LongestValue);
                    if (metadata.Count == MostEntries || !metadata.TryAdd(key, value)) throw OnnxThrow.Damaged(path, $"it has more than {MostEntries} entries of metadata, or one twice");
                    break;
                default: foreign = model.Field; break;
            }
        }
        return (graph ?? throw OnnxThrow.Damaged(path, "it has no graph"), metadata, foreign);
    }

    // The fingerprint covers all but parameters: OnnxGraph.Fingerprint writes it.
    private static (List<OnnxTensor> Tensors, string Fingerprint) ReadGraph(ProtobufReader graph, string path)
    {
        List<OnnxTensor> tensors = [];
        HashSet<string> names = new(StringComparer.Ordinal);
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        while (graph.Next())
        {
            switch (graph.Field)
            {
                case NodeField or NameField or InputField or OutputField: break;
                case TextField: continue;
                case InitializerField:
                    OnnxTensor tensor = OnnxTensor.Read(graph.Message(), path);
                    if (tensors.Count == MostTensors || !names.Add(tensor.Name)) throw OnnxThrow.Damaged(path, $"it has more than {MostTensors:N0} tensors, or '{tensor.Name}' twice");
                    tensors.Add(tensor);
                    if (!OnnxFormat.IsOfOperators(tensor.Name)) continue;
                    break;
                default: throw OnnxThrow.Foreign(path, $"the graph has the field {graph.Field}");
            }
            hash.AppendData(graph.Whole.Span(0, (int)graph.Whole.Length));
        }
        return (tensors, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    // Bytes come with a scale for each column, and only in a file that says so.
    private static void CheckPrecision(List<OnnxTensor> tensors, string? precision, string path)
    {
        Dictionary<string, OnnxTensor> byName = tensors.ToDictionary(tensor => tensor.Name);
        OnnxTensor[] matrices = [.. tensors.Where(tensor => tensor.Type == ElementType.Int8)];
        if (precision != (matrices.Length > 0 ? OnnxFormat.Int8 : OnnxFormat.Float32)) throw OnnxThrow.Damaged(path, $"its precision is '{precision}', and {matrices.Length} of its tensors are of bytes");
        foreach (OnnxTensor matrix in matrices)
        {
            bool hasScales = QuantizedMatrix.MayHold(matrix.Name) && matrix.Shape is { Rank: 2 } shape && matrix.ByteCount <= int.MaxValue &&
                byName.TryGetValue(matrix.Name + OnnxFormat.ScalesSuffix, out OnnxTensor? scales) && scales.Type == ElementType.Float32 && scales.Shape == new TensorShape(shape[1]);
            if (!hasScales) throw OnnxThrow.Damaged(path, $"'{matrix.Name}' is of bytes, but no matrix of a block with a scale for each column");
        }
    }

    private static MappedFile? OpenMatrices(List<OnnxTensor> tensors, string path)
    {
        string[] locations = [.. tensors.Select(tensor => tensor.Location).OfType<string>().Distinct(StringComparer.Ordinal)];
        if (locations.Length == 0) return null;
        if (locations.Length > 1) throw OnnxThrow.Foreign(path, $"its matrices are in {locations.Length} files");
        string beside = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, locations[0]);
        FileInfo found = new(beside);
        if (!found.Exists) throw OnnxThrow.NoMatrices(path, locations[0]);
        // Before it is opened: opening a pipe, whose length is 0, would wait for somebody to write.
        if (tensors.Find(tensor => tensor.Location is not null && !Holds(tensor, found.Length)) is { } late) throw OnnxThrow.ShortMatrices(path, locations[0], late.Name);
        return MappedFile.Open(beside);
    }

    private static bool Holds(OnnxTensor tensor, long length) => tensor.Offset <= length && tensor.ByteCount <= length - tensor.Offset;

    private static unsafe CheckpointTensor Place(OnnxTensor tensor, MappedFile file, FileBytes bytes, MappedFile? matrices)
    {
        if (tensor.Location is not null && !Holds(tensor, matrices!.Length)) throw OnnxThrow.ShortMatrices(file.Path, tensor.Location, tensor.Name);
        TensorStorage storage = tensor.Location is null
            ? new(file, tensor.Name, tensor.ByteCount) { Offset = tensor.Inside.Start - bytes.Start }
            : new(matrices!, tensor.Name, tensor.ByteCount) { Offset = tensor.Offset };
        return new CheckpointTensor(tensor.Name, TensorView.Dense(storage, tensor.Type, tensor.Shape), file.Path);
    }
}
