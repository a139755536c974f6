using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Fovea.Checkpoints;
using Fovea.Graphs;
using Fovea.Inference;
using Fovea.Networks;
using Microsoft.ML.OnnxRuntime;

namespace Fovea.Tests.Graphs;

/// <summary>Every network of `vit_family` and `vit_tiny`, every output that the inference graph has.</summary>
public partial class VitGoldenTests
{
    public static TheoryData<string> Networks
    {
        get
        {
            TheoryData<string> networks = [];
            if (TestFolders.FindGolden("vit_family") is { } family)
            {
                foreach (JsonNode? entry in JsonNode.Parse(File.ReadAllText(Path.Combine(family, "family.json")))!["networks"]!.AsArray()) networks.Add((string)entry!["name"]!);
            }
            if (TestFolders.FindGolden("vit_tiny") is not null) networks.Add("vit_tiny");
            return networks;
        }
    }

    /// <summary>Those that were also run at another picture size.</summary>
    public static TheoryData<string> ResizedNetworks
    {
        get
        {
            TheoryData<string> networks = [];
            foreach (string name in Networks.Select(row => row.Data))
            {
                using Golden golden = Golden.Open(name);
                if (golden.Tensors.Names.Any(tensor => Resized().IsMatch(tensor))) networks.Add(name);
            }
            return networks;
        }
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Networks))]
    public void Contract_lists_the_keys_and_shapes_of_the_reference(string name)
    {
        using Golden golden = Golden.Open(name);
        Assert.Equal(golden.StateShapes, VitParameters.Of(golden.Network).Select(parameter => $"{parameter.Key} {parameter.Shape}"));
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Networks))]
    public void Outputs_equal_the_reference(string name)
    {
        using Golden golden = Golden.Open(name);
        VitNetwork network = golden.Network;
        List<VitOutput> outputs = [VitOutput.PatchEmbedding, VitOutput.InputTokens, VitOutput.Tokens, VitOutput.Embedding];
        for (int block = 0; block < network.Config.Depth; block++) outputs.AddRange([VitOutput.Block(block), VitOutput.Attention(block), VitOutput.FeatureMap(block)]);
        if (network.Classes > 0) outputs.Add(VitOutput.Logits);
        Dictionary<VitOutput, float[]> results = Run(network, golden.Weights, outputs, golden.Tensors.Floats("inputs.image"));

        List<string> compared = [];
        foreach (string tensor in golden.Tensors.Names)
        {
            if (OutputOf(tensor, network) is not { } output) continue;
            float[] expected = golden.Tensors.Floats(tensor);
            bool isAttention = output.Content == VitOutput.Kind.Attention;
            // Attention weights are stored for picture 0 only.
            ReadOnlySpan<float> found = isAttention ? results[output].AsSpan(0, expected.Length) : results[output];
            (isAttention ? Tolerance.Attention : Tolerance.Outputs).Check($"{name}: {tensor}", expected, found);
            compared.Add(tensor);
        }
        Assert.Contains("outputs.embedding", compared);
        Assert.Contains("outputs.forward_features", compared);
        Assert.Contains("outputs.detection_features.stage1", compared);
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(ResizedNetworks))]
    public void Other_picture_sizes_equal_the_reference(string name)
    {
        using Golden golden = Golden.Open(name);
        foreach (string tensor in golden.Tensors.Names)
        {
            if (Resized().Match(tensor) is not { Success: true } match) continue;
            PositionTable.Filter filter = match.Groups["mode"].Value == "adjust" ? PositionTable.Filter.Antialiased : PositionTable.Filter.Plain;
            string size = match.Groups["size"].Value;
            VitNetwork network = golden.Network.WithSize(ImageSize.Parse(size));
            Dictionary<string, Weight> weights = WithPositions(golden, network, filter);
            string what = match.Groups["what"].Value;
            if (what == "pos_embedding")
            {
                // Weights in double precision against the reference's float32: its own error is 2.5e-6.
                new Tolerance(1e-5, 0).Check($"{name}: {tensor}", golden.Tensors.Floats(tensor), weights["pos_embedding"].Values.Span);
            }
            else
            {
                VitOutput output = what == "embedding" ? VitOutput.Embedding : VitOutput.FeatureMap(network.StageBlocks[0]);
                float[] found = Run(network, weights, [output], golden.Tensors.Floats($"inputs.image_{size}"))[output];
                Tolerance.Outputs.Check($"{name}: {tensor}", golden.Tensors.Floats(tensor), found);
            }
        }
    }

    internal static Dictionary<VitOutput, float[]> Run(VitNetwork network, IReadOnlyDictionary<string, Weight> weights, IReadOnlyList<VitOutput> outputs, float[] image)
    {
        using PrePackedWeightsContainer packed = new();
        using NetworkSession session = new(network, weights, outputs, 1, packed);
        int batch = image.Length / (network.Channels * network.Size.Height * network.Size.Width);
        return outputs.Zip(session.Run(image, batch)).ToDictionary(pair => pair.First, pair => pair.Second);
    }

    private static VitOutput? OutputOf(string tensor, VitNetwork network)
    {
        if (Numbered().Match(tensor) is { Success: true } match)
        {
            int number = int.Parse(match.Groups["number"].Value, System.Globalization.CultureInfo.InvariantCulture);
            return match.Groups["what"].Value switch
            {
                "block." => VitOutput.Block(number),
                "attention.block." => VitOutput.Attention(number),
                "detection_features.stage" => VitOutput.FeatureMap(network.StageBlocks[number - 1]),
                _ => VitOutput.FeatureMap(number - 1),                                  // detection_features_4: all four blocks
            };
        }
        return tensor switch
        {
            "outputs.patch_embedding" => VitOutput.PatchEmbedding,
            "outputs.input_tokens" => VitOutput.InputTokens,
            "outputs.forward_features" or "outputs.norm" => VitOutput.Tokens,
            "outputs.embedding" => VitOutput.Embedding,
            "outputs.logits" => VitOutput.Logits,
            _ => null,
        };
    }

    private static Dictionary<string, Weight> WithPositions(Golden golden, VitNetwork network, PositionTable.Filter filter)
    {
        Dictionary<string, Weight> weights = new(golden.Weights);
        if (!network.Config.HasPositions) return weights;
        float[] table = PositionTable.Resize(
            weights["pos_embedding"].Values.Span, network.Config.Width, network.SpecialPositions, golden.Network.Grid, network.Grid, filter);
        weights["pos_embedding"] = new(new TensorShape(1, network.SpecialPositions + network.Grid.Patches, network.Config.Width), table);
        return weights;
    }

    [GeneratedRegex(@"^outputs\.(?<what>block\.|attention\.block\.|detection_features\.stage|detection_features_4\.stage)(?<number>\d+)$")]
    private static partial Regex Numbered();

    [GeneratedRegex(@"^outputs\.(?<mode>adjust|dynamic)_(?<size>\d+x\d+)\.(?<what>embedding|pos_embedding|detection_features\.stage1)$")]
    private static partial Regex Resized();
}
