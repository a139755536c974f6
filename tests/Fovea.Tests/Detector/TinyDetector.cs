using System.Text.Json.Nodes;
using Fovea.Checkpoints;
using Fovea.Networks;
using Fovea.Tests.Classifier;

namespace Fovea.Tests.Detector;

/// <summary>A detector file of drawn weights, which finds something in every picture, though nothing that is there.</summary>
internal static class TinyDetector
{
    public static ModelDescription Description { get; } = new()
    {
        Network = "vit_reg4_m16_rms_avg",
        Config = VitConfigJson.Override(NamedNetworks.Get("vit_reg4_m16_rms_avg"), new JsonObject { ["patch_size"] = 8, ["num_layers"] = 2, ["num_heads"] = 2, ["hidden_dim"] = 32, ["mlp_dim"] = 64 }),
        ImageSize = new ImageSize(48, 64),
        Channels = ChannelStatistics.Birder,
        Outputs = 2,
        ClassNames = ["cat", "dog"],
        Detector = new DetectorConfig { Width = 32, Depth = 1, NormsFeatures = true, CategoryIds = [17, 18] },
    };

    /// <summary>Normal within layers, so that nothing vanishes; norms as they begin.</summary>
    public static Dictionary<string, Weight> Weights(int seed = 1)
    {
        Random random = new(seed);
        return Description.Contract().ToDictionary(parameter => parameter.Key, parameter =>
        {
            bool isNorm = parameter.Key.Contains("norm", StringComparison.Ordinal);
            double deviation = parameter.Shape.Rank < 2 ? 0.1 : 1.5 / Math.Sqrt(parameter.Shape.ElementCount / parameter.Shape[0]);
            float start = isNorm && parameter.Key.EndsWith(".weight", StringComparison.Ordinal) ? 1 : 0;
            return new Weight(parameter.Shape, Enumerable.Range(0, (int)parameter.Shape.ElementCount).Select(_ => isNorm ? start : (float)(deviation * Normal(random))).ToArray());
        });
    }

    /// <summary>Writes the file.</summary>
    public static string Write(string path, Dictionary<string, Weight>? weights = null)
    {
        WrittenModel.Write(path, Description, weights ?? Weights());
        return path;
    }

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
