namespace Fovea.Graphs;

/// <summary>The ONNX operators that a Vision Transformer is made of. Shapes are row-major; axes count from the outermost.</summary>
internal sealed partial class OnnxGraph
{
    private const long AfterSoftmax = 3;

    /// <summary>`x W^T + b` on rows, with W as checkpoints store it.</summary>
    public Value Linear(Value x, Value weight, Value? bias) =>                       // [rows, inputs] -> [rows, outputs]
        Node("Gemm", bias is { } b ? [x, weight, b] : [x, weight], ("transB", 1L));

    /// <summary>
    /// The same with a matrix of bytes, [inputs, outputs], and a scale per output. The runtime turns all of x into bytes between its least
    /// and its largest value, multiplies, adds exactly, and scales back: x must belong to one picture.
    /// </summary>
    public Value QuantizedLinear(Value x, Value matrix, Value scales, Value? bias) =>
        Node($"{RuntimeDomain}.DynamicQuantizeMatMul", bias is { } b ? [x, matrix, scales, Absent, b] : [x, matrix, scales]);

    public Value MatMul(Value left, Value right) => Node("MatMul", [left, right]);

    public Value Add(Value left, Value right) => Node("Add", [left, right]);

    public Value Multiply(Value left, Value right) => Node("Mul", [left, right]);

    /// <summary>
    /// Scaled dot-product attention on heads that lie side by side, as one operator: 2 % of a network's time less than its products, softmax
    /// and transpositions, and the same bits. <paramref name="weights"/> gets the softmax, [batch, heads, tokens, tokens], where it is wanted.
    /// </summary>
    public Value Attention(Value q, Value k, Value v, int heads, float scale, Value? weights)      // [batch, tokens, width]
    {
        Value joined = Next("Attention");
        Emit("Attention", weights is { } softmax ? [joined, Absent, Absent, softmax] : [joined], [q, k, v],
            ("q_num_heads", (long)heads), ("kv_num_heads", (long)heads), ("scale", scale), ("qk_matmul_output_mode", AfterSoftmax));
        return joined;
    }

    public Value Softmax(Value x, int axis) => Node("Softmax", [x], ("axis", (long)axis));

    public Value Mean(Value x, int axis) => Node("ReduceMean", [x, Integers(axis)], ("keepdims", 0L));

    public Value LayerNorm(Value x, Value weight, Value bias, double epsilon) =>
        Node("LayerNormalization", [x, weight, bias], ("axis", -1L), ("epsilon", (float)epsilon));

    public Value RmsNorm(Value x, Value weight, double epsilon) =>
        Node("RMSNormalization", [x, weight], ("axis", -1L), ("epsilon", (float)epsilon));

    /// <summary>A convolution whose stride is its kernel: one product per patch, no overlap, no padding.</summary>
    public Value Patchify(Value image, Value weight, Value? bias, int patchSize) =>  // [batch, channels, H, W] -> [batch, width, rows, columns]
        Node("Conv", bias is { } b ? [image, weight, b] : [image, weight],
            ("kernel_shape", new long[] { patchSize, patchSize }), ("strides", new long[] { patchSize, patchSize }));

    /// <summary>A convolution of kernel x kernel, filled up with zeros on all sides by half a kernel.</summary>
    public Value Convolution(Value x, Value weight, Value? bias, int kernel, int stride)
    {
        long padding = kernel / 2;
        return Node("Conv", bias is { } b ? [x, weight, b] : [x, weight],
            ("kernel_shape", new long[] { kernel, kernel }), ("pads", new[] { padding, padding, padding, padding }), ("strides", new long[] { stride, stride }));
    }

    /// <summary>A transposed convolution of 2 x 2 with stride 2.</summary>
    public Value Doubling(Value x, Value weight, Value bias) =>
        Node("ConvTranspose", [x, weight, bias], ("kernel_shape", new long[] { 2, 2 }), ("strides", new long[] { 2, 2 }));

    /// <summary>The largest of each 2 x 2 pixels; an odd last row or column is left out.</summary>
    public Value Halving(Value x) => Node("MaxPool", [x], ("kernel_shape", new long[] { 2, 2 }), ("strides", new long[] { 2, 2 }));

    public Value GroupNorm(Value x, Value weight, Value bias, int groups, double epsilon) =>
        Node("GroupNormalization", [x, weight, bias], ("num_groups", (long)groups), ("epsilon", (float)epsilon));

    public Value Relu(Value x) => Node("Relu", [x]);

    public Value Reshape(Value x, params ReadOnlySpan<long> dimensions) => Node("Reshape", [x, Integers(dimensions)]);

    public Value Transpose(Value x, params long[] order) => Node("Transpose", [x], ("perm", order));

    public Value Concat(int axis, params ReadOnlySpan<Value> parts) => Node("Concat", parts, ("axis", (long)axis));

    /// <summary>Elements <paramref name="start"/> to below <paramref name="end"/> of one axis.</summary>
    public Value Slice(Value x, int axis, long start, long end = long.MaxValue) =>
        Node("Slice", [x, Integers(start), Integers(end), Integers(axis)]);

    /// <summary>One element of one axis, which disappears.</summary>
    public Value Pick(Value x, int axis, long index) => Node("Squeeze", [Slice(x, axis, index, index + 1), Integers(axis)]);

    /// <summary>Repeats a [1, ...] tensor as often as <paramref name="like"/> has pictures.</summary>
    public Value RepeatFor(Value like, Value x, params ReadOnlySpan<long> rest)
    {
        Value batch = Node("Shape", [like], ("start", 0L), ("end", 1L));
        return Node("Expand", [x, Concat(0, batch, Integers(rest))]);
    }

    /// <summary>An activation with the reference's constants; <paramref name="slope"/> is PReLU's learned one.</summary>
    public Value Activate(Value x, Activation activation, Func<Value> slope) => activation switch
    {
        Activation.Identity => x,
        Activation.Relu => Node("Relu", [x]),
        Activation.Relu6 => Node("Clip", [x, Constant(0), Constant(6)]),
        Activation.LeakyRelu => Node("LeakyRelu", [x], ("alpha", 0.01f)),
        Activation.Elu => Node("Elu", [x], ("alpha", 1f)),
        Activation.PRelu => Node("PRelu", [x, slope()]),
        Activation.Celu => Node("Celu", [x], ("alpha", 1f)),
        Activation.Selu => Node("Selu", [x]),
        Activation.Gelu => Node("Gelu", [x]),
        Activation.GeluTanh => Node("Gelu", [x], ("approximate", "tanh")),
        Activation.QuickGelu => Multiply(x, Node("Sigmoid", [Multiply(x, Constant(1.702f))])),
        Activation.Silu => Multiply(x, Node("Sigmoid", [x])),
        Activation.Mish => Multiply(x, Node("Tanh", [Node("Softplus", [x])])),
        Activation.Sigmoid => Node("Sigmoid", [x]),
        Activation.Tanh => Node("Tanh", [x]),
        Activation.HardSigmoid => Node("HardSigmoid", [x], ("alpha", 1f / 6), ("beta", 0.5f)),
        Activation.HardSwish => Node("HardSwish", [x]),
        Activation.HardTanh => Node("Clip", [x, Constant(-1), Constant(1)]),
        _ => throw new ArgumentOutOfRangeException(nameof(activation), activation, "no such activation"),
    };
}
