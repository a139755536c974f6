using Fovea.Checkpoints;
using Fovea.Graphs;
using Fovea.Hub;
using Fovea.Inference;
using Fovea.Networks;
using Fovea.Tests.Checkpoints.Models;
using Microsoft.ML.OnnxRuntime;

namespace Fovea.Tests.Graphs;

/// <summary>Every published model's network as a graph, the largest of which do not fit one protobuf message.</summary>
public class PublishedGraphTests
{
    private const long LargestMessage = int.MaxValue;

    public static TheoryData<string> Published => [.. ModelRegistry.Default.Models.Select(model => model.Name)];

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Published))]
    public void Graph_is_written_with_every_parameter_of_the_contract(string name)
    {
        VitNetwork network = NetworkOf(name);
        OnnxGraph graph = VitGraph.Write(network, ZeroWeights(network), [network.Classes > 0 ? VitOutput.Logits : VitOutput.Embedding]);
        Assert.InRange(graph.ToBytes().LongLength, 1, LargestMessage);
        HashSet<string> keys = [.. VitParameters.Of(network).Select(parameter => parameter.Key)];
        Assert.All(graph.Matrices, matrix => Assert.Contains(matrix.Key, keys));
        Assert.Equal(network.Config.Depth * (network.IsGated ? 5 : 4), graph.Matrices.Count(matrix => matrix.Key.StartsWith("encoder.block.", StringComparison.Ordinal)));
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Published))]
    public void Runtime_takes_the_graph_at_its_full_width(string name)
    {
        VitNetwork published = NetworkOf(name);
        // Two blocks tell as much as forty about operators and shapes.
        VitNetwork network = new(published.Config with { Depth = 2 }, published.Size, published.Channels, published.Classes);
        using PrePackedWeightsContainer packed = new();
        using NetworkSession session = new(network, ZeroWeights(network), [VitOutput.Embedding, VitOutput.FeatureMap(1)], 1, packed);
        float[][] results = session.Run(new float[3 * network.Size.Height * network.Size.Width], 1);
        Assert.Equal([network.Config.Width, network.Config.Width * network.Grid.Patches], results.Select(result => result.Length));
        Assert.All(results[0], value => Assert.True(float.IsFinite(value)));
    }

    /// <summary>A file of 632 million zeros that takes no room on the disk stands in for the largest model's.</summary>
    [Fact]
    public void Largest_model_loads_from_its_file_and_runs()
    {
        VitNetwork network = NetworkOf("vit_h14_pn_bioclip-v25");
        using TemporaryFile file = new(".safetensors");
        SparseModel.Write(file.Path, "vit_h14_pn", network);
        using ModelFile model = ModelFile.Open(file.Path);
        Assert.True(4 * VitParameters.Count(model.Network) > LargestMessage);
        using PrePackedWeightsContainer packed = new();
        using NetworkSession session = new(model.Network, model.Weights, [VitOutput.Embedding], Environment.ProcessorCount, packed);
        float[] embedding = Assert.Single(session.Run(new float[3 * 224 * 224], 1));
        Assert.Equal(1280, embedding.Length);
        Assert.All(embedding, value => Assert.Equal(0, value));
    }

    private static VitNetwork NetworkOf(string name)
    {
        PublishedModel model = ModelRegistry.Default.Get(name);
        return new VitNetwork(NamedNetworks.Get(model.Network), model.ImageSize, classes: model.Outputs);
    }

    private static Dictionary<string, Weight> ZeroWeights(VitNetwork network)
    {
        IReadOnlyList<Parameter> contract = VitParameters.Of(network);
        float[] zeros = new float[contract.Max(parameter => parameter.Shape.ElementCount)];            // one array serves all
        return contract.ToDictionary(parameter => parameter.Key, parameter => new Weight(parameter.Shape, zeros.AsMemory(0, (int)parameter.Shape.ElementCount)));
    }
}
