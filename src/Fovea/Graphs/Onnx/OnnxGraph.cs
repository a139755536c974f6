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
    // Of operators that ONNX Runtime has and the standard has not.
    private const string RuntimeDomain = "com.microsoft";

    // An optional input or output in the middle that is not given.
    private static readonly Value Absent = new("");

    private readonly List<ProtobufWriter> _nodes = [];
    private readonly List<(string Key, ProtobufWriter Tensor)> _initializers = [];
    private readonly List<ProtobufWriter> _inputs = [];
    private readonly List<ProtobufWriter> _outputs = [];
    private readonly List<OnnxMatrix> _matrices = [];
    private readonly Dictionary<string, Value> _constants = [];
    private int _values;
    private bool _needsRuntime;

    /// <summary>The matrices that are not in the graph: they are handed to the runtime under these names, or stand in a file beside it.</summary>
    public IReadOnlyList<OnnxMatrix> Matrices => _matrices;

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

    /// <summary>A parameter beside the graph.</summary>
    public Value Matrix(string key, Weight weight) => Beside(new OnnxMatrix<float>(key, OnnxFormat.FloatType, weight.Shape, weight.Values));

    /// <summary>A matrix of bytes beside the graph, [inputs, outputs].</summary>
    public Value Matrix(string key, QuantizedMatrix matrix) =>
        Beside(new OnnxMatrix<sbyte>(key, OnnxFormat.Int8Type, new TensorShape(matrix.Inputs, matrix.Outputs), matrix.Values));

    /// <summary>A parameter that stands in the graph whole.</summary>
    public Value Parameter(string key, Weight weight) =>
        Constant(key, OnnxFormat.FloatType, weight.Shape.Dimensions.AsSpan(), MemoryMarshal.AsBytes(weight.Values.Span));

    public Value Constant(float number)
    {
        string key = OnnxFormat.ConstantPrefix + number.ToString("R", CultureInfo.InvariantCulture);
        return Constant(key, OnnxFormat.FloatType, [], MemoryMarshal.AsBytes([number]));
    }

    public Value Integers(params ReadOnlySpan<long> numbers)
    {
        string key = OnnxFormat.IntegersPrefix + string.Join('.', numbers.ToArray());
        return Constant(key, OnnxFormat.Int64Type, [numbers.Length], MemoryMarshal.AsBytes(numbers));
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
        foreach ((string attributeName, object value) in attributes) node.Message(5, Attribute(attributeName, value));
        if (isRuntimes) node.Text(7, RuntimeDomain);
        _needsRuntime |= isRuntimes;
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
        _initializers.Add((key, tensor));
        return _constants[key] = new(key);
    }

    private Value Beside(OnnxMatrix matrix)
    {
        if (!_matrices.Exists(known => known.Key == matrix.Key)) _matrices.Add(matrix);
        return new(matrix.Key);
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
        tensorType.Integer(1, OnnxFormat.FloatType);
        tensorType.Message(2, shape);
        ProtobufWriter type = new();
        type.Message(1, tensorType);
        ProtobufWriter description = new();
        description.Text(1, valueName);
        description.Message(2, type);
        return description;
    }
}
