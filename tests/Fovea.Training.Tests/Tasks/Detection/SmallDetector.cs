using System.Text.Json.Nodes;
using Fovea.Checkpoints;
using Fovea.Networks;
using Fovea.Training.Networks;
using Fovea.Training.Optimization;
using Fovea.Training.Tasks;

namespace Fovea.Training.Tests.Tasks.Detection;

/// <summary>A detector that a test trains in seconds.</summary>
internal static class SmallDetector
{
    public static VitNetwork Encoder(int height = 64, int width = 64) => new(
        VitConfigJson.Override(NamedNetworks.Get("vit_reg4_m16_rms_avg"), new JsonObject { ["patch_size"] = 8, ["num_layers"] = 2, ["num_heads"] = 2, ["hidden_dim"] = 32, ["mlp_dim"] = 64 }) with { DropPathRate = 0 },
        new ImageSize(height, width));

    public static DetectorConfig Config { get; } = new() { Width = 32, Depth = 1, NormsFeatures = true };

    public static DetectorModel Create(VitNetwork? encoder = null, int classes = 3, Freezing? freezing = null, bool isAveraged = false, int shards = 1, DetectorConfig? config = null, ComputeType compute = ComputeType.Float32)
    {
        encoder ??= Encoder();
        config ??= Config;
        DetectorModel model = new(encoder, config, classes, freezing ?? new Freezing(), new LayerDecay(), isAveraged, compute, shards: shards);
        model.Load(Weights(encoder, config, classes));
        return model;
    }

    public static Dictionary<string, Weight> Weights(VitNetwork encoder, DetectorConfig config, int classes)
    {
        StartValues start = new(StartValueScheme.Birder, seed: 1);
        Dictionary<string, Weight> body = start.OfEncoder(encoder);
        return body.Select(pair => KeyValuePair.Create(DetectorParameters.BackbonePrefix + pair.Key, pair.Value))
            .Concat(start.OfDetector(DetectorParameters.PyramidAndHead(encoder.Config.Width, config, classes), body.Count)).ToDictionary();
    }
}
