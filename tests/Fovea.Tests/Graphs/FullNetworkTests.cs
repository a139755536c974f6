using System.Text.Json.Nodes;
using Fovea.Checkpoints;
using Fovea.Graphs;
using Fovea.Networks;

namespace Fovea.Tests.Graphs;

/// <summary>The flagship at full size, weights by formula, against `vit_full`.</summary>
public sealed class FullNetworkTests : IDisposable
{
    private static readonly VitNetwork Network = new(NamedNetworks.Get("vit_reg4_m16_rms_avg"), ImageSize.Square(224), classes: 1000);
    private static readonly Lazy<Dictionary<string, Weight>> Weights = new(() => FormulaWeights.Of(Network));
    private readonly GoldenTensors _golden = new(Path.Combine(TestFolders.Golden("vit_full"), "vit_full.safetensors"));

    [Fact]
    public void Formula_gives_the_weights_of_the_reference()
    {
        JsonObject expected = JsonNode.Parse(File.ReadAllText(Path.Combine(TestFolders.Golden("vit_full"), "index.json")))!["parameters"]!.AsObject();
        Assert.Equal(expected.Select(pair => pair.Key).Order(StringComparer.Ordinal), Weights.Value.Keys.Order(StringComparer.Ordinal));
        foreach ((string key, JsonNode? facts) in expected)
        {
            ReadOnlySpan<float> values = Weights.Value[key].Values.Span;
            double sum = 0;
            foreach (float value in values) sum += value;
            double wanted = (double)facts!["sum"]!;
            Assert.True(Math.Abs(sum - wanted) <= Math.Max(1e-6, 1e-9 * Math.Abs(wanted)), $"{key}: sum {sum} instead of {wanted}");
        }
    }

    [Fact]
    public void Formula_gives_the_pictures_of_the_reference()
    {
        float[] expected = _golden.Floats("inputs.pixels_224");
        byte[] pictures = [.. FormulaWeights.Picture(0, 224), .. FormulaWeights.Picture(1, 224)];
        Assert.Equal(expected, pictures.Select(pixel => (float)pixel));
    }

    [Fact]
    public void Embedding_logits_and_tokens_equal_the_reference()
    {
        VitOutput[] outputs = [VitOutput.Embedding, VitOutput.Logits, VitOutput.Tokens, VitOutput.FeatureMap(11)];
        Dictionary<VitOutput, float[]> results = VitGoldenTests.Run(Network, Weights.Value, outputs, _golden.Floats("inputs.image_224"));

        Tolerance.Outputs.Check("embedding", _golden.Floats("outputs.embedding"), results[VitOutput.Embedding]);
        Tolerance.Outputs.Check("logits", _golden.Floats("outputs.logits"), results[VitOutput.Logits]);
        Tolerance.Outputs.Check("tokens", _golden.Floats("outputs.forward_features.subset"), Subset(results[VitOutput.Tokens], [2, 200, 512], [1, 13, 8]));
        Tolerance.FullFeatureMaps.Check("feature map", _golden.Floats("outputs.detection_features.stage1.subset"), Subset(results[VitOutput.FeatureMap(11)], [2, 512, 14, 14], [1, 16, 2, 2]));
        Assert.True(Cosine(_golden.Doubles("outputs64.embedding"), results[VitOutput.Embedding]) >= 0.999999);
    }

    [Fact]
    public void Token_norms_and_attention_entropy_equal_the_reference()
    {
        VitOutput[] outputs = [.. Enumerable.Range(0, 12).SelectMany(block => new[] { VitOutput.Block(block), VitOutput.Attention(block) })];
        Dictionary<VitOutput, float[]> results = VitGoldenTests.Run(Network, Weights.Value, outputs, _golden.Floats("inputs.image_224"));
        double[] norms = _golden.Doubles("outputs64.token_norms"), entropies = _golden.Doubles("outputs64.attention_entropy");
        for (int block = 0; block < 12; block++)
        {
            float[] found = [.. results[VitOutput.Block(block)].Chunk(512).Select(token => (float)Math.Sqrt(token.Sum(value => (double)value * value)))];
            new Tolerance(0, 1e-5).Check($"norms of block {block}", [.. norms[(block * 400)..((block + 1) * 400)].Select(norm => (float)norm)], found);
            float[] entropy = [.. Enumerable.Range(0, 8).Select(head => (float)Entropy(results[VitOutput.Attention(block)], head))];
            new Tolerance(5e-5, 0).Check($"entropy of block {block}", [.. entropies[(block * 8)..((block + 1) * 8)].Select(value => (float)value)], entropy);
        }
    }

    [Theory]
    [InlineData(256, true)]
    [InlineData(256, false)]
    [InlineData(384, true)]
    [InlineData(384, false)]
    public void Other_picture_sizes_equal_the_reference(int side, bool isAntialiased)
    {
        string name = $"outputs.{(isAntialiased ? "adjust" : "dynamic")}_{side}x{side}";
        VitNetwork network = new(Network.Config, ImageSize.Square(side));
        float[] table = PositionTable.Resize(
            Weights.Value["pos_embedding"].Values.Span, 512, 4, Network.Grid, network.Grid, isAntialiased ? PositionTable.Filter.Antialiased : PositionTable.Filter.Plain);
        new Tolerance(1e-5, 0).Check($"{name}.pos_embedding", _golden.Floats($"{name}.pos_embedding.subset"), Subset(table, [1, 4 + network.Grid.Patches, 512], [1, 17, 32]));
        Dictionary<string, Weight> weights = new(Weights.Value) { ["pos_embedding"] = new(new TensorShape(1, 4 + network.Grid.Patches, 512), table) };

        float[] image = Normalise(_golden.Floats($"inputs.pixels_{side}"), side);
        float[] embedding = VitGoldenTests.Run(network, weights, [VitOutput.Embedding], image)[VitOutput.Embedding];

        Tolerance.Outputs.Check($"{name}.embedding", _golden.Floats($"{name}.embedding"), embedding);
        Assert.True(Cosine(_golden.Doubles($"{name.Replace("outputs", "outputs64", StringComparison.Ordinal)}.embedding"), embedding) >= 0.999999);
    }

    public void Dispose() => _golden.Dispose();

    // The pictures of this golden: divided by 255, less the mean, divided by the deviation, each rounded to float32.
    private static float[] Normalise(float[] pixels, int side)
    {
        ChannelStatistics statistics = ChannelStatistics.Birder;
        float[] image = new float[pixels.Length];
        for (int index = 0; index < pixels.Length; index++)
        {
            int channel = index / (side * side) % 3;
            image[index] = (pixels[index] / 255f - (float)statistics.Mean[channel]) / (float)statistics.Deviation[channel];
        }
        return image;
    }

    /// <summary>Every step-th element of each axis.</summary>
    private static float[] Subset(float[] values, int[] shape, int[] steps)
    {
        List<float> subset = [];
        for (int index = 0; index < values.Length; index++)
        {
            int rest = index;
            bool isTaken = true;
            for (int axis = shape.Length - 1; axis >= 0; axis--)
            {
                (rest, int coordinate) = Math.DivRem(rest, shape[axis]);
                isTaken &= coordinate % steps[axis] == 0;
            }
            if (isTaken) subset.Add(values[index]);
        }
        return [.. subset];
    }

    // Mean over rows and both pictures of -sum p ln p.
    private static double Entropy(float[] attention, int head)
    {
        double sum = 0;
        for (int picture = 0; picture < 2; picture++)
        {
            foreach (float weight in attention.AsSpan((picture * 8 + head) * 200 * 200, 200 * 200)) sum -= weight > 0 ? weight * Math.Log(weight) : 0;
        }
        return sum / 400;
    }

    internal static double Cosine(double[] expected, float[] found)
    {
        double product = 0, left = 0, right = 0;
        for (int index = 0; index < expected.Length; index++)
        {
            product += expected[index] * found[index];
            left += expected[index] * expected[index];
            right += (double)found[index] * found[index];
        }
        return product / Math.Sqrt(left * right);
    }
}
