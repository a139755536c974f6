using System.Text.Json.Nodes;
using Fovea.Checkpoints;
using Fovea.Networks;
using Fovea.Tests;
using Fovea.Tests.Graphs;
using Fovea.Training.Optimization;
using Fovea.Training.Pretraining;
using static TorchSharp.torch;

namespace Fovea.Training.Tests.Pretraining;

/// <summary>The networks A and B of `golden/ijepa` (its README), and how to read its files.</summary>
internal static class JepaGolden
{
    public const int Side = 64;

    /// <summary>The folder, or null: FOVEA_GOLDENS may name a set without it.</summary>
    public static string? Folder => TestFolders.FindGolden("ijepa");

    /// <summary>Names of the JSON or safetensors files that begin so, without extension.</summary>
    public static TheoryData<string> Names(Func<string, bool> isWanted) =>
        [.. (Folder is { } folder ? Directory.GetFiles(folder) : []).Select(file => Path.GetFileNameWithoutExtension(file)).Where(isWanted).Distinct().Order(StringComparer.Ordinal)];

    public static GoldenTensors Tensors(string name) => new(Path.Combine(TestFolders.Golden("ijepa"), $"{name}.safetensors"));

    public static JsonNode Json(string name) => JsonNode.Parse(File.ReadAllText(Path.Combine(TestFolders.Golden("ijepa"), $"{name}.json")))!;

    public static JepaModel Model(string variant)
    {
        VitNetwork network = Network(variant);
        PredictorConfig predictor = new(Depth: 2, Width: 24, Heads: 4);
        return new JepaModel(network, predictor, SineCosinePositions.Table(network.Grid, predictor.Width));
    }

    public static VitNetwork Network(string variant)
    {
        VitConfig config = new()
        {
            PatchSize = 8,
            Depth = 3,
            Heads = 4,
            Width = 48,
            MlpWidth = 96,
            DropPathRate = 0,
            Registers = 4,
            HasClassToken = variant == "B",
            Norm = variant == "A" ? NormType.RmsNorm : NormType.LayerNorm,
        };
        return new VitNetwork(config, ImageSize.Square(Side));
    }

    /// <summary>All tensors of a file as weights.</summary>
    public static Dictionary<string, Weight> Weights(string name)
    {
        using GoldenTensors tensors = Tensors(name);
        return tensors.Names.ToDictionary(tensor => tensor, tensor => new Weight(tensors.Shape(tensor), tensors.Floats(tensor)));
    }

    /// <summary>(u8 - 128) / 64: the network's input.</summary>
    public static Tensor Images(byte[] pixels) => tensor(pixels.Select(value => (value - 128) / 64f).ToArray(), [pixels.Length / (3 * Side * Side), 3, Side, Side]);

    public static Tensor Indices(GoldenTensors tensors, string name) => tensor(tensors.Integers(name), [.. tensors.Shape(name).Dimensions]);

    public static float[] Floats(Tensor values) => values.detach().contiguous().data<float>().ToArray();

    /// <summary>Decays by the rules of the goldens: norms 0, biases 0 in variant B.</summary>
    public static double[] WeightDecays(FlatParameters parameters, string variant, double decay) =>
        [.. parameters.Slices.Select(slice => slice.Parameter.Key).Select(key => key.Contains("norm", StringComparison.Ordinal) || (variant == "B" && key.EndsWith(".bias", StringComparison.Ordinal)) ? 0 : decay)];
}
