using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Fovea.Checkpoints;
using Fovea.Networks;
using Fovea.Tests;
using Fovea.Tests.Graphs;
using Fovea.Training.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Training.Tests.Networks;

/// <summary>Every network of `vit_family` and `vit_tiny` as a torch module.</summary>
public partial class VitModuleGoldenTests
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

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Networks))]
    public void Outputs_equal_the_reference(string name)
    {
        using DisposeScope scope = NewDisposeScope();
        using Golden golden = Golden.Open(name);
        VitModule module = Module(golden);
        Dictionary<string, Tensor> found = Run(module, Tensor(golden, "inputs.image"));
        List<string> compared = [];
        foreach (string tensor in golden.Tensors.Names)
        {
            if (Canonical(tensor, module.Network) is not { } output) continue;
            float[] expected = golden.Tensors.Floats(tensor);
            bool isAttention = output.StartsWith("attention", StringComparison.Ordinal);
            Tensor values = isAttention ? found[output].narrow(0, 0, 1) : found[output];       // stored for picture 0 only
            (isAttention ? Tolerance.Attention : Tolerance.Outputs).Check($"{name}: {tensor}", expected, Floats(values));
            compared.Add(output);
        }
        Assert.Contains("embedding", compared);
        Assert.Contains("tokens", compared);
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Networks))]
    public void Encoding_with_omitted_tokens_equals_the_reference(string name)
    {
        using DisposeScope scope = NewDisposeScope();
        using Golden golden = Golden.Open(name);
        VitModule module = Module(golden);
        Tensor image = Tensor(golden, "inputs.image");
        foreach (string tokens in golden.Tensors.Names.Where(tensor => OmissionTokens().IsMatch(tensor)))
        {
            string variant = OmissionTokens().Match(tokens).Groups["variant"].Value;
            string keepName = $"inputs.ids_keep{variant}";
            Tensor keep = tensor(Integers(golden, keepName), [.. golden.Tensors.Shape(keepName).Dimensions]);
            Tensor encoded = module.Encode(image, keep);
            Tolerance.Outputs.Check($"{name}: {tokens}", golden.Tensors.Floats(tokens), Floats(encoded));
            string embedding = tokens.Replace("tokens", "embedding", StringComparison.Ordinal);
            Tolerance.Outputs.Check($"{name}: {embedding}", golden.Tensors.Floats(embedding), Floats(module.Embed(encoded)));
        }
    }

    internal static Dictionary<string, Tensor> Tensors(IReadOnlyDictionary<string, Weight> weights) =>
        weights.ToDictionary(pair => pair.Key, pair => tensor(pair.Value.Values.ToArray(), [.. pair.Value.Shape.Dimensions]));

    internal static float[] Floats(Tensor values) => values.to(ScalarType.Float32).contiguous().data<float>().ToArray();

    private static VitModule Module(Golden golden) => new(golden.Network, Tensors(golden.Weights));

    private static Tensor Tensor(Golden golden, string name) => tensor(golden.Tensors.Floats(name), [.. golden.Tensors.Shape(name).Dimensions]);

    private static long[] Integers(Golden golden, string name) => golden.Tensors.Integers(name);

    private static Dictionary<string, Tensor> Run(VitModule module, Tensor image)
    {
        Dictionary<string, Tensor> found = new() { ["patch_embedding"] = module.EmbedPatches(image), ["input_tokens"] = module.InputTokens(image) };
        Tensor before = found["input_tokens"];
        found["tokens"] = module.Encode(image, afterBlock: (block, tokens) =>
        {
            string number = block.ToString(CultureInfo.InvariantCulture);
            if (!module.Network.Config.HasPreNorm || block > 0) found[$"attention.{number}"] = module.Blocks[block].AttentionWeights(before);
            found[$"block.{number}"] = tokens;
            found[$"feature_map.{number}"] = module.FeatureMap(tokens);
            before = tokens;
        });
        found["embedding"] = module.Embed(found["tokens"]);
        if (module.Network.Classes > 0) found["logits"] = module.Classify(found["embedding"]);
        return found;
    }

    // The golden's name of an output in ours; null for what belongs to other tests or is no output of the network as it stands.
    private static string? Canonical(string tensor, VitNetwork network)
    {
        if (Numbered().Match(tensor) is { Success: true } match)
        {
            int number = int.Parse(match.Groups["number"].Value, CultureInfo.InvariantCulture);
            return match.Groups["what"].Value switch
            {
                "block." => $"block.{number}",
                "attention.block." => $"attention.{number}",
                "detection_features.stage" => $"feature_map.{network.StageBlocks[number - 1]}",
                _ => $"feature_map.{number - 1}",
            };
        }
        return tensor switch
        {
            "outputs.patch_embedding" or "outputs.input_tokens" or "outputs.embedding" or "outputs.logits" => tensor["outputs.".Length..],
            "outputs.forward_features" or "outputs.norm" => "tokens",
            _ => null,
        };
    }

    [GeneratedRegex(@"^outputs\.(?<what>block\.|attention\.block\.|detection_features\.stage|detection_features_4\.stage)(?<number>\d+)$")]
    private static partial Regex Numbered();

    [GeneratedRegex(@"^outputs\.omission(?<variant>_a|_b)?\.tokens$")]
    private static partial Regex OmissionTokens();
}
