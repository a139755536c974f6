using System.Diagnostics;
using System.Globalization;
using Fovea;
using Fovea.Bench;
using Fovea.Networks;
using Fovea.Tests.Graphs;
using static TorchSharp.torch;
using Functional = TorchSharp.torch.nn.functional;

// The competitor: the flagship in libtorch, as its Python would run it, batch 8, no gradients, weights by formula. Reads what to measure line by line
// from standard input, so that `Fovea.Bench inference` can take turns with it. A rate is answered twice: per second, and per second of
// processor time, times the cores.
//   embedding PICTURE    the embedding, to be compared
//   fp32 | bf16 CALLERS  pictures/s of so many callers, which share the cores
//   product              GFLOP/s of 2048 x 2048 float32 products on all cores
// With a model file as argument: one embedding, and what the process has cost until then, for `Fovea.Bench start`.
// "fp32" takes libtorch's fused attention, "bf16" explicit products, which are faster in bf16 on processors.

const int Batch = 8, Tokens = 200, Width = 512, Heads = 8, Depth = 12, Registers = 4;

int cores = Environment.ProcessorCount;
// Not bound by TorchSharp; aten has it in one call.
var script = jit.compile("""
    def rms_norm(x: Tensor, weight: Tensor) -> Tensor:
        return torch.rms_norm(x, [x.size(-1)], weight, 1e-6)

    """);
if (args is [string model])
{
    using Checkpoint checkpoint = Checkpoint.Open(model);
    Embed(checkpoint.Tensors.ToDictionary(one => one.Name, one => tensor(one.ReadFloats(), [.. one.Shape.Dimensions])), zeros(1, 3, 224, 224), explicitly: false);
    Console.WriteLine(ProcessCost.Line());
    return;
}

VitNetwork network = new(NamedNetworks.Get("vit_reg4_m16_rms_avg"), ImageSize.Square(224));
Dictionary<string, Tensor> fp32 = FormulaWeights.Of(network).ToDictionary(pair => pair.Key, pair => tensor(pair.Value.Values.ToArray(), [.. pair.Value.Shape.Dimensions]));
Lazy<Dictionary<string, Tensor>> bf16 = new(() => fp32.ToDictionary(pair => pair.Key, pair => pair.Value.to(ScalarType.BFloat16)));

while (Console.ReadLine() is { } line)
{
    Console.WriteLine(line.Split(' ') switch
    {
        ["embedding", string number] => string.Join(' ', Embed(fp32, Picture(int.Parse(number, CultureInfo.InvariantCulture)), explicitly: false).data<float>().Select(value => value.ToString("R", CultureInfo.InvariantCulture))),
        ["fp32", string callers] => Rate(fp32, int.Parse(callers, CultureInfo.InvariantCulture), explicitly: false),
        ["bf16", string callers] => Rate(bf16.Value, int.Parse(callers, CultureInfo.InvariantCulture), explicitly: true),
        ["product"] => ProductRate(),
        _ => throw new ArgumentException($"'{line}' is no measurement."),
    });
}

static Tensor Picture(int number) => tensor(FormulaWeights.Image(number), [1, 3, 224, 224]);

string Rate(Dictionary<string, Tensor> weights, int callers, bool explicitly)
{
    Tensor[] images = [.. Enumerable.Range(0, callers).Select(_ => cat([.. Enumerable.Range(0, Batch).Select(Picture)], 0).to(weights["norm.weight"].dtype))];
    int each = 2 / callers;
    return Measure(callers * each * Batch, () =>
    {
        Thread[] threads = [.. images.Select(image => new Thread(() =>
        {
            set_num_threads(cores / callers);
            for (int run = 0; run < each; run++) Embed(weights, image, explicitly).Dispose();
        }))];
        foreach (Thread thread in threads) thread.Start();
        foreach (Thread thread in threads) thread.Join();
    });
}

string ProductRate()
{
    using var scope = NewDisposeScope();
    using var mode = inference_mode();
    set_num_threads(cores);
    Tensor left = rand(2048, 2048), right = rand(2048, 2048);
    const int Products = 8;
    return Measure(Products * 2 * Math.Pow(2048, 3) / 1e9, () =>
    {
        for (int run = 0; run < Products; run++) left.matmul(right).Dispose();
    });
}

string Measure(double amount, Action action)
{
    action();
    TimeSpan before = Environment.CpuUsage.TotalTime;
    Stopwatch watch = Stopwatch.StartNew();
    action();
    TimeSpan processor = Environment.CpuUsage.TotalTime - before;
    return string.Create(CultureInfo.InvariantCulture, $"{amount / watch.Elapsed.TotalSeconds:F3} {amount * cores / processor.TotalSeconds:F3}");
}

Tensor Embed(Dictionary<string, Tensor> w, Tensor image, bool explicitly)                // [batch, 3, 224, 224] -> [batch, width]
{
    using var mode = inference_mode();
    using var scope = NewDisposeScope();
    long batch = image.shape[0];
    Tensor x = Functional.conv2d(image, w["conv_proj.weight"], w["conv_proj.bias"], strides: [16, 16]).flatten(2).transpose(1, 2);
    x = cat([w["reg_tokens"].expand(batch, Registers, Width), x], 1) + w["pos_embedding"];
    for (int block = 0; block < Depth; block++)
    {
        string prefix = $"encoder.block.{block}";
        Tensor qkv = Functional.linear(Norm(x, w[$"{prefix}.norm1.weight"]), w[$"{prefix}.attn.qkv.weight"], w[$"{prefix}.attn.qkv.bias"]);
        Tensor[] parts = [.. qkv.reshape(batch, Tokens, 3, Heads, Width / Heads).permute(2, 0, 3, 1, 4).unbind(0)];
        Tensor attended = explicitly
            ? Functional.softmax(parts[0].matmul(parts[1].transpose(-2, -1)) * 0.125, -1).matmul(parts[2])
            : Functional.scaled_dot_product_attention(parts[0], parts[1], parts[2]);
        attended = attended.transpose(1, 2).reshape(batch, Tokens, Width);
        x = x + Functional.linear(attended, w[$"{prefix}.attn.proj.weight"], w[$"{prefix}.attn.proj.bias"]);
        Tensor hidden = Functional.linear(Norm(x, w[$"{prefix}.norm2.weight"]), w[$"{prefix}.mlp.0.weight"], w[$"{prefix}.mlp.0.bias"]);
        x = x + Functional.linear(Functional.gelu(hidden), w[$"{prefix}.mlp.3.weight"], w[$"{prefix}.mlp.3.bias"]);
    }
    x = Norm(x, w["norm.weight"]);
    return x.narrow(1, Registers, Tokens - Registers).mean([1]).MoveToOuterDisposeScope();
}

Tensor Norm(Tensor x, Tensor weight) => (Tensor)script.invoke("rms_norm", x, weight);
