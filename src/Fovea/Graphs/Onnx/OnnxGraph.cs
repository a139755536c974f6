using System.Globalization;
using System.Runtime.InteropServices;
using Fovea.Checkpoints;

namespace Fovea.Graphs;

/// <summary>A tensor inside a graph, by name.</summary>
internal readonly record struct Value(string Name);

/// <summary>
/// An ONNX graph being written: nodes, constants, parameters, inputs and outputs, in memory. The matrices of linear layers, nearly
/// all of a network, stand in it by name and shape only: their numbers are handed to the runtime beside the graph, without a copy,
/// so that no message reaches protobuf's 2 GB. All other parameters are small and stand in it whole, because the runtime's
/// optimiser wants to look at them.
/// </summary>
internal sealed partial class OnnxGraph(string name)
{
    // RMSNormalization came with opset 23; a file of that opset has IR version 11.
    private const int Opset = 23;
    private const int IrVersion = 11;

    private const int FloatType = 1;
    private const int Int8Type = 3;
    private const int Int64Type = 7;
    private const int ExternalLocation = 1;

    // Of operators that ONNX Runtime has and the standard has not.
    private const string RuntimeDomain = "com.microsoft";

    // An optional input or output in the middle that is not given.
    private static readonly Value Absent = new("");

    private readonly List<ProtobufWriter> _nodes = [];
    private readonly List<ProtobufWriter> _initializers = [];
    private readonly List<ProtobufWriter> _inputs = [];
    private readonly List<ProtobufWriter> _outputs = [];
    private readonly Dictionary<string, Weight> _matrices = [];
    private readonly Dictionary<string, QuantizedMatrix> _quantizedMatrices = [];
    private readonly Dictionary<string, Value> _constants = [];
    private int _values;

    /// <summary>The matrices that must be handed to the runtime under these names.</summary>
    public IReadOnlyDictionary<string, Weight> Matrices => _matrices;

    /// <summary>The same for matrices of bytes.</summary>
    public IReadOnlyDictionary<string, QuantizedMatrix> QuantizedMatrices => _quantizedMatrices;

    public Value Input(string inputName, params ReadOnlySpan<object> dimensions)
    {
        _inputs.Add(Description(inputName, dimensions));
        return new(inputName);
    }

    /// <summary>Gives <paramref name="value"/> the name that callers ask for. Dimensions are numbers, or names of dynamic axes.</summary>
    public void Output(string outputName, Value value, params ReadOnlySpan<object> dimensions)
    {
        Emit("Identity", [new(outputName)], [value]);
        _outputs.Add(Description(outputName, dimensions));
    }

    /// <summary>A parameter that is handed over beside the graph.</summary>
    public Value Matrix(string key, Weight weight)
    {
        if (_matrices.TryAdd(key, weight)) HandOver(key, FloatType, weight.Shape.Dimensions.AsSpan());
        return new(key);
    }

    /// <summary>A matrix of bytes that is handed over beside the graph, [inputs, outputs].</summary>
    public Value Matrix(string key, QuantizedMatrix matrix)
    {
        if (_quantizedMatrices.TryAdd(key, matrix)) HandOver(key, Int8Type, [matrix.Inputs, matrix.Outputs]);
        return new(key);
    }

    /// <summary>A parameter that stands in the graph whole.</summary>
    public Value Parameter(string key, Weight weight) =>
        Constant(key, FloatType, weight.Shape.Dimensions.AsSpan(), MemoryMarshal.AsBytes(weight.Values.Span));

    public Value Constant(float number)
    {
        string key = "constant." + number.ToString("R", CultureInfo.InvariantCulture);
        return Constant(key, FloatType, [], MemoryMarshal.AsBytes([number]));
    }

    public Value Integers(params ReadOnlySpan<long> numbers)
    {
        string key = "integers." + string.Join('.', numbers.ToArray());
        return Constant(key, Int64Type, [numbers.Length], MemoryMarshal.AsBytes(numbers));
    }

    public byte[] ToBytes()
    {
        ProtobufWriter graph = new();
        foreach (ProtobufWriter node in _nodes) graph.Message(1, node);
        graph.Text(2, name);
        foreach (ProtobufWriter initializer in _initializers) graph.Message(5, initializer);
        foreach (ProtobufWriter input in _inputs) graph.Message(11, input);
        foreach (ProtobufWriter output in _outputs) graph.Message(12, output);

        ProtobufWriter model = new();
        model.Integer(1, IrVersion);
        model.Text(2, "Fovea");
        model.Message(7, graph);
        model.Message(8, OperatorSet("", Opset));
        model.Message(8, OperatorSet(RuntimeDomain, 1));
        return model.Written.ToArray();
    }

    private static ProtobufWriter OperatorSet(string domain, int version)
    {
        ProtobufWriter opset = new();
        opset.Text(1, domain);
        opset.Integer(2, version);
        return opset;
    }

    private Value Node(string operation, ReadOnlySpan<Value> inputs, params ReadOnlySpan<(string Name, object Value)> attributes)
    {
        Value output = Next(operation);
        Emit(operation, [output], inputs, attributes);
        return output;
    }

    private Value Next(string operation) => new(string.Create(CultureInfo.InvariantCulture, $"{operation}.{_values++}"));

    private void Emit(string operation, ReadOnlySpan<Value> outputs, ReadOnlySpan<Value> inputs, params ReadOnlySpan<(string Name, object Value)> attributes)
    {
        ProtobufWriter node = new();
        foreach (Value input in inputs) node.Text(1, input.Name);
        foreach (Value output in outputs) node.Text(2, output.Name);
        bool isRuntimes = operation.StartsWith(RuntimeDomain, StringComparison.Ordinal);
        node.Text(4, isRuntimes ? operation[(RuntimeDomain.Length + 1)..] : operation);
        if (isRuntimes) node.Text(7, RuntimeDomain);
        foreach ((string attributeName, object value) in attributes) node.Message(5, Attribute(attributeName, value));
        _nodes.Add(node);
    }

    private static ProtobufWriter Attribute(string attributeName, object value)
    {
        ProtobufWriter attribute = new();
        attribute.Text(1, attributeName);
        switch (value)
        {
            case float number:
                attribute.Float(2, number);
                attribute.Integer(20, 1);
                break;
            case long number:
                attribute.Integer(3, number);
                attribute.Integer(20, 2);
                break;
            case string text:
                attribute.Text(4, text);
                attribute.Integer(20, 3);
                break;
            case long[] numbers:
                foreach (long number in numbers) attribute.Integer(8, number);
                attribute.Integer(20, 7);
                break;
            default:
                throw new ArgumentException($"an attribute of type {value.GetType()} has no form in ONNX here.", nameof(value));
        }
        return attribute;
    }

    private Value Constant(string key, int type, ReadOnlySpan<long> dimensions, ReadOnlySpan<byte> data)
    {
        if (_constants.TryGetValue(key, out Value known)) return known;
        ProtobufWriter tensor = Tensor(key, type, dimensions);
        tensor.Bytes(9, data);
        _initializers.Add(tensor);
        return _constants[key] = new(key);
    }

    private void HandOver(string key, int type, ReadOnlySpan<long> dimensions)
    {
        ProtobufWriter tensor = Tensor(key, type, dimensions);
        ProtobufWriter location = new();
        location.Text(1, "location");
        location.Text(2, ".");                                     // must exist, and is never read: the runtime gets the numbers in memory
        tensor.Message(13, location);
        tensor.Integer(14, ExternalLocation);
        _initializers.Add(tensor);
    }

    private static ProtobufWriter Tensor(string tensorName, int type, ReadOnlySpan<long> dimensions)
    {
        ProtobufWriter tensor = new();
        foreach (long dimension in dimensions) tensor.Integer(1, dimension);
        tensor.Integer(2, type);
        tensor.Text(8, tensorName);
        return tensor;
    }

    private static ProtobufWriter Description(string valueName, ReadOnlySpan<object> dimensions)
    {
        ProtobufWriter shape = new();
        foreach (object dimension in dimensions)
        {
            ProtobufWriter axis = new();
            if (dimension is string dynamicAxis) axis.Text(2, dynamicAxis);
            else axis.Integer(1, Convert.ToInt64(dimension, CultureInfo.InvariantCulture));
            shape.Message(1, axis);
        }
        ProtobufWriter tensorType = new();
        tensorType.Integer(1, FloatType);
        tensorType.Message(2, shape);
        ProtobufWriter type = new();
        type.Message(1, tensorType);
        ProtobufWriter description = new();
        description.Text(1, valueName);
        description.Message(2, type);
        return description;
    }
}
