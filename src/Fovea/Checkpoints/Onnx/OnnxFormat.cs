namespace Fovea.Checkpoints;

/// <summary>What the writer and the reader of `.onnx` files have to agree on: metadata keys, names of initialisers, numbers of the schema (docs/formats.md).</summary>
internal static class OnnxFormat
{
    public const string PrecisionKey = "fovea.precision";
    public const string InputsKey = "fovea.inputs";
    public const string OutputsKey = "fovea.outputs";
    public const string GraphKey = "fovea.graph";

    public const string Float32 = "fp32";
    public const string Int8 = "int8";

    /// <summary>In front of a number that an operator takes.</summary>
    public const string ConstantPrefix = "constant.";

    /// <summary>In front of a shape, an axis or a bound that an operator takes.</summary>
    public const string IntegersPrefix = "integers.";

    /// <summary>Behind the name of a matrix of bytes: its scales.</summary>
    public const string ScalesSuffix = ".scales";

    // Of the public ONNX schema (onnx.proto3): TensorProto.DataType, TensorProto.DataLocation.
    public const int FloatType = 1;
    public const int Int8Type = 3;
    public const int Int64Type = 7;
    public const int ExternalLocation = 1;

    /// <summary>Whether an initialiser belongs to the operators and not to the network: no file of weights has it.</summary>
    public static bool IsOfOperators(string name) =>
        name.StartsWith(ConstantPrefix, StringComparison.Ordinal) || name.StartsWith(IntegersPrefix, StringComparison.Ordinal);

    public static string NameOf(Precision precision) => precision == Precision.Int8 ? Int8 : Float32;
}
