using Fovea.Checkpoints;
using Fovea.Graphs;
using Fovea.Inference;
using Fovea.Networks;
using Fovea.Tests.Graphs;
using Fovea.Training.Networks;
using Microsoft.ML.OnnxRuntime;
using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Training.Tests.Networks;

/// <summary>The torch module and the ONNX graph are two writings of one network: they agree on every named configuration.</summary>
public class NamedNetworkTests
{
    public static TheoryData<string> Names => [.. NamedNetworks.Names];

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Names))]
    public void Torch_and_graph_agree(string name)
    {
        using DisposeScope scope = NewDisposeScope();
        VitConfig config = NamedNetworks.Get(name) with { PatchSize = 4, Depth = 2, Heads = 2, Width = 32, MlpWidth = 48, AttentionPoolHeads = null, StageBlocks = null };
        if (config.SoftMoeExperts.HasValue) config = config with { SoftMoeExperts = 3, SoftMoeSlots = 2 };
        VitNetwork network = new(config, new ImageSize(12, 8), classes: 3);
        Dictionary<string, Weight> weights = SineWeights.Of(network);
        float[] image = SineWeights.Image(network);
        using PrePackedWeightsContainer packed = new();
        using NetworkSession session = new(network, weights, [VitOutput.Tokens, VitOutput.Embedding, VitOutput.Logits], 1, packed);
        float[][] graph = session.Run(image, 1);

        VitModule module = new(network, VitModuleGoldenTests.Tensors(weights));
        Tensor tokens = module.Encode(tensor(image, [1, 3, 12, 8])), embedding = module.Embed(tokens);
        // Two orders of summation in float32, values up to 7.
        Tolerance tolerance = new(2e-5, 1e-5);
        tolerance.Check($"{name}: tokens", graph[0], VitModuleGoldenTests.Floats(tokens));
        tolerance.Check($"{name}: embedding", graph[1], VitModuleGoldenTests.Floats(embedding));
        tolerance.Check($"{name}: logits", graph[2], VitModuleGoldenTests.Floats(module.Classify(embedding)));
    }
}
