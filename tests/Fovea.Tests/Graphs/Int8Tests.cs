using Fovea.Checkpoints;
using Fovea.Graphs;
using Fovea.Inference;
using Fovea.Networks;
using Microsoft.ML.OnnxRuntime;

namespace Fovea.Tests.Graphs;

/// <summary>The flagship at full size, weights by formula, in int8 against itself in float32.</summary>
public sealed class Int8Tests : IDisposable
{
    private const int Pictures = 4;

    private static readonly VitNetwork Network = new(NamedNetworks.Get("vit_reg4_m16_rms_avg"), ImageSize.Square(224));
    private static readonly Lazy<Dictionary<string, Weight>> Weights = new(() => FormulaWeights.Of(Network));
    private static readonly Lazy<float[][]> Images = new(() => [.. Enumerable.Range(0, Pictures).Select(FormulaWeights.Image)]);

    private readonly PrePackedWeightsContainer _packed = new();

    /// <summary>One of them where the processor saturates.</summary>
    public static TheoryData<int> LargestWeights => [.. new[] { ByteProducts.PortableLargestWeight, ByteProducts.LargestWeight }.Distinct()];

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(LargestWeights))]
    public void Embeddings_keep_a_cosine_of_0_999_to_float32(int largestWeight)
    {
        using NetworkSession exact = Session(null), int8 = Session(largestWeight);
        foreach (float[] image in Images.Value)
        {
            double cosine = FullNetworkTests.Cosine([.. exact.Run(image, 1)[0].Select(value => (double)value)], int8.Run(image, 1)[0]);
            Assert.True(cosine is >= 0.999 and < 0.9999999, $"weights up to {largestWeight}: cosine {cosine}");
        }
    }

    [Fact]
    public void The_same_picture_gives_the_same_bits()
    {
        using NetworkSession first = Session(ByteProducts.LargestWeight), second = Session(ByteProducts.LargestWeight);
        float[] once = first.Run(Images.Value[0], 1)[0];
        Assert.Equal(once, first.Run(Images.Value[0], 1)[0]);
        Assert.Equal(once, second.Run(Images.Value[0], 1)[0]);
    }

    [Fact]
    public void An_embedding_does_not_depend_on_its_neighbours()
    {
        using NetworkSession session = Session(ByteProducts.LargestWeight);
        float[] loud = [.. Images.Value[1].Select(value => 50 * value)];                // would stretch a shared range of bytes
        float[] together = session.Run(new float[][] { Images.Value[0], loud, Images.Value[2] }.SelectMany(image => image).ToArray(), 3)[0];

        float[] alone = [.. session.Run(Images.Value[0], 1)[0], .. session.Run(loud, 1)[0], .. session.Run(Images.Value[2], 1)[0]];
        Assert.Equal(alone, together);
    }

    [Fact]
    public void The_graph_refuses_a_batch()
    {
        Int8Weights int8 = new(Weights.Value, ByteProducts.LargestWeight);
        OnnxGraph graph = VitGraph.Write(Network, Weights.Value, [VitOutput.PatchEmbedding], int8);
        using InferenceSession session = new(graph.ToBytes());
        Assert.Equal(1, session.InputMetadata[VitGraph.ImageInput].Dimensions[0]);
    }

    /// <summary>Gated, mixed by experts, pooled by attention: the small networks of `vit_family`.</summary>
    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(VitGoldenTests.Networks), MemberType = typeof(VitGoldenTests))]
    public void Every_kind_of_network_runs(string name)
    {
        using Golden golden = Golden.Open(name);
        using NetworkSession session = new(golden.Network, golden.Weights, [VitOutput.Embedding], 1, _packed, new Int8Weights(golden.Weights, ByteProducts.LargestWeight));
        float[] expected = golden.Tensors.Floats("outputs.embedding"), image = golden.Tensors.Floats("inputs.image");
        float[] found = session.Run(image, image.Length / golden.Network.Channels / golden.Network.Size.Height / golden.Network.Size.Width)[0];
        double cosine = FullNetworkTests.Cosine([.. expected.Select(value => (double)value)], found);
        Assert.True(cosine >= 0.999, $"{name}: cosine {cosine}");
    }

    public void Dispose() => _packed.Dispose();

    private NetworkSession Session(int? largestWeight) =>
        new(Network, Weights.Value, [VitOutput.Embedding], 1, _packed, largestWeight is { } largest ? new Int8Weights(Weights.Value, largest) : null);
}
