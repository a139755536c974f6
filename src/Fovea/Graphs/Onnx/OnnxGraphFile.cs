using System.Globalization;
using System.Security.Cryptography;
using Fovea.Checkpoints;

namespace Fovea.Graphs;

/// <summary>The graph as a model file: with all matrices in it, with a file of matrices beside it, or with matrices that are handed over.</summary>
/// <remarks>Fields stand in the order of their numbers, as other writers put them: a file that somebody reads and writes again keeps its bytes.</remarks>
internal sealed partial class OnnxGraph
{
    // RMSNormalization came with opset 23; a file of that opset has IR version 11.
    private const int Opset = 23;
    private const int IrVersion = 11;
    private const int PageSize = 4096;

    private const int ModelText = 6, ModelGraph = 7, Initializer = 5, TensorText = 12, RawData = 9;

    /// <summary>Bytes of all matrices.</summary>
    public long MatrixBytes => _matrices.Sum(matrix => (long)matrix.Bytes.Length);

    /// <summary>SHA-256 over everything in the graph but the network's parameters, as it lies in the file: nodes, operands, inputs, outputs.</summary>
    public string Fingerprint
    {
        get
        {
            ProtobufWriter fields = FieldsBeforeInitializers();
            foreach ((string key, ProtobufWriter tensor) in _initializers.Where(initializer => OnnxFormat.IsOfOperators(initializer.Key))) fields.Message(Initializer, tensor);
            fields.Fields(FieldsBehindInitializers());
            return Convert.ToHexStringLower(SHA256.HashData(fields.Written));
        }
    }

    /// <summary>The model without its matrices.</summary>
    /// <param name="matrixFile">Name of the file beside it that has them as <see cref="WriteMatrices"/> writes them; null when they are handed over.</param>
    /// <param name="metadata">Metadata properties, in this order.</param>
    public byte[] ToBytes(string? matrixFile = null, params IReadOnlyList<(string Key, string Value)> metadata)
    {
        ProtobufWriter graph = FieldsBeforeMatrices();
        long offset = 0;
        foreach (OnnxMatrix matrix in _matrices)
        {
            graph.Message(Initializer, External(matrix, matrixFile, offset));
            offset += Aligned(matrix.Bytes.Length);
        }
        graph.Fields(FieldsBehindInitializers());
        ProtobufWriter model = Head();
        model.Message(ModelGraph, graph);
        model.Fields(Tail(metadata));
        return model.Written.ToArray();
    }

    /// <summary>Writes all matrices, each from a page's start.</summary>
    public void WriteMatrices(Stream file)
    {
        foreach (OnnxMatrix matrix in _matrices)
        {
            file.Write(matrix.Bytes);
            file.Write(new byte[Aligned(matrix.Bytes.Length) - matrix.Bytes.Length]);
        }
    }

    /// <summary>Writes the model with its matrices in it, each where float32 can be read without a copy when the file is mapped.</summary>
    /// <exception cref="InvalidOperationException">It would reach protobuf's 2 GB.</exception>
    public void WriteWhole(Stream file, params IReadOnlyList<(string Key, string Value)> metadata)
    {
        // Places count from the graph's first byte, which is aligned by the text in front of it.
        ProtobufWriter before = FieldsBeforeMatrices(), behind = FieldsBehindInitializers();
        List<ProtobufWriter> begins = [];
        long length = before.Written.Length;
        foreach (OnnxMatrix matrix in _matrices)
        {
            begins.Add(AlignedBy(blanks => Begin(matrix, blanks), length));
            length += begins[^1].Written.Length + matrix.Bytes.Length;
        }
        length += behind.Written.Length;
        ProtobufWriter tail = Tail(metadata);
        if (length + tail.Written.Length >= int.MaxValue) throw new InvalidOperationException("a model of 2 GB and more has to keep its matrices in a file beside it.");

        file.Write(AlignedBy(blanks => Begin(length, blanks), 0).Written);
        file.Write(before.Written);
        foreach ((ProtobufWriter begin, OnnxMatrix matrix) in begins.Zip(_matrices))
        {
            file.Write(begin.Written);
            file.Write(matrix.Bytes);
        }
        file.Write(behind.Written);
        file.Write(tail.Written);
    }

    // Documentation of a few blanks moves what stands behind it to a whole number of float32. No blanks are two bytes; -1 is no text at all.
    private static ProtobufWriter AlignedBy(Func<int, ProtobufWriter> write, long start) =>
        Enumerable.Range(-1, 2 * sizeof(float) + 1).Select(write).First(written => (start + written.Written.Length) % sizeof(float) == 0);

    private static ProtobufWriter Begin(long graphLength, int blanks)
    {
        ProtobufWriter model = Head();
        if (blanks >= 0) model.Text(ModelText, new string(' ', blanks));
        model.Begin(ModelGraph, graphLength);
        return model;
    }

    private static ProtobufWriter Begin(OnnxMatrix matrix, int blanks)
    {
        ProtobufWriter tensor = Tensor(matrix.Key, matrix.ElementType, matrix.Shape.Dimensions.AsSpan()), begin = new();
        if (blanks >= 0) tensor.Text(TensorText, new string(' ', blanks));
        tensor.Begin(RawData, matrix.Bytes.Length);
        begin.Begin(Initializer, tensor.Written.Length + matrix.Bytes.Length);
        begin.Fields(tensor);
        return begin;
    }

    private ProtobufWriter FieldsBeforeMatrices()
    {
        ProtobufWriter graph = FieldsBeforeInitializers();
        foreach ((_, ProtobufWriter tensor) in _initializers) graph.Message(Initializer, tensor);
        return graph;
    }

    private ProtobufWriter FieldsBeforeInitializers()
    {
        ProtobufWriter graph = new();
        foreach (ProtobufWriter node in _nodes) graph.Message(1, node);
        graph.Text(2, name);
        return graph;
    }

    private ProtobufWriter FieldsBehindInitializers()
    {
        ProtobufWriter graph = new();
        foreach (ProtobufWriter input in _inputs) graph.Message(11, input);
        foreach (ProtobufWriter output in _outputs) graph.Message(12, output);
        return graph;
    }

    private static ProtobufWriter Head()
    {
        ProtobufWriter model = new();
        model.Integer(1, IrVersion);
        model.Text(2, "Fovea");
        return model;
    }

    private ProtobufWriter Tail(IReadOnlyList<(string Key, string Value)> metadata)
    {
        ProtobufWriter model = new();
        model.Message(8, OperatorSet("", Opset));
        if (_needsRuntime) model.Message(8, OperatorSet(RuntimeDomain, 1));
        foreach ((string key, string value) in metadata) model.Message(14, Entry(key, value));
        return model;
    }

    private static ProtobufWriter OperatorSet(string domain, int version)
    {
        ProtobufWriter opset = new();
        opset.Text(1, domain);
        opset.Integer(2, version);
        return opset;
    }

    private static ProtobufWriter External(OnnxMatrix matrix, string? file, long offset)
    {
        ProtobufWriter tensor = Tensor(matrix.Key, matrix.ElementType, matrix.Shape.Dimensions.AsSpan());
        // A location must exist; it is never read when the runtime gets the numbers in memory.
        ReadOnlySpan<(string Key, string Value)> entries = file is null
            ? [("location", ".")]
            : [("location", file), ("offset", offset.ToString(CultureInfo.InvariantCulture)), ("length", matrix.Bytes.Length.ToString(CultureInfo.InvariantCulture))];
        foreach ((string key, string value) in entries) tensor.Message(13, Entry(key, value));
        tensor.Integer(14, OnnxFormat.ExternalLocation);
        return tensor;
    }

    private static ProtobufWriter Entry(string key, string value)
    {
        ProtobufWriter entry = new();
        entry.Text(1, key);
        entry.Text(2, value);
        return entry;
    }

    private static long Aligned(long bytes) => (bytes + PageSize - 1) / PageSize * PageSize;
}
