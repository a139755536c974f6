using Fovea.Checkpoints;
using Fovea.Networks;
using Fovea.Tests.Classifier;

namespace Fovea.Tests.Insight;

/// <summary>Small networks that a test makes itself: random weights, and outliers put in by construction where they are wanted.</summary>
internal static class DrawnModel
{
    /// <summary>A channel that marks the chosen patches from the input on, and one that the planted neuron writes into.</summary>
    public const int Marked = 5, Massive = 9;

    /// <summary>A small network of the flagship's kind.</summary>
    public static VitConfig Config { get; } = NamedNetworks.Get("vit_reg4_m16_rms_avg") with { PatchSize = 8, Depth = 3, Heads = 2, Width = 32, MlpWidth = 64 };

    /// <summary>Writes a network with random weights.</summary>
    public static string Write(string path, VitConfig config, ImageSize size, Action<Dictionary<string, Weight>>? change = null)
    {
        VitNetwork network = new(config, size);
        Dictionary<string, Weight> weights = VitParameters.Of(network).Index().ToDictionary(pair => pair.Item.Key, pair => new Weight(pair.Item.Shape, Values(pair.Item, pair.Index)));
        change?.Invoke(weights);
        WrittenModel.Write(path, new ModelDescription { Network = "vit_reg4_m16_rms_avg", Config = config, ImageSize = size, Channels = ChannelStatistics.Birder }, weights);
        return path;
    }

    /// <summary>
    /// Writes a network of patch size 4 whose second block holds a neuron that makes chosen patches massive, as Darcet et al. 2023 and Sun et al. 2024 find it in
    /// large networks: the position table marks the patches in one channel, the neuron reads that channel and writes a large number into another.
    /// </summary>
    /// <param name="path">Where.</param>
    /// <param name="chosen">The patches, of a grid of 16 x 16.</param>
    public static string WritePlanted(string path, IReadOnlyCollection<int> chosen) => Write(path, Config with { PatchSize = 4 }, ImageSize.Square(64), weights =>
    {
        int width = Config.Width, special = Config.Registers;
        Span<float> positions = Of("pos_embedding");
        for (int row = 0; row < positions.Length / width; row++) positions[row * width + Marked] = chosen.Contains(row - special) ? 3 : 0;
        Of("reg_tokens").Fill(0.5f);
        for (int register = 0; register < special; register++) Of("reg_tokens")[register * width + Marked] = 0;
        foreach (ref float weight in Of("conv_proj.weight")) weight *= 0.3f;       // bright patches would drown the mark in the norm
        Of("conv_proj.weight").Slice(Marked * 3 * 16, 3 * 16).Clear();
        Of("conv_proj.bias")[Marked] = 0;
        for (int block = 0; block < Config.Depth; block++)
        {
            // Nobody else writes into the marking channel.
            Of($"encoder.block.{block}.attn.proj.weight").Slice(Marked * width, width).Clear();
            Of($"encoder.block.{block}.attn.proj.bias")[Marked] = 0;
            Of($"encoder.block.{block}.mlp.3.weight").Slice(Marked * Config.MlpWidth, Config.MlpWidth).Clear();
            Of($"encoder.block.{block}.mlp.3.bias")[Marked] = 0;
        }
        Span<float> reads = Of("encoder.block.1.mlp.0.weight")[..width], writes = Of("encoder.block.1.mlp.3.weight");
        reads.Clear();
        reads[Marked] = 6;
        Of("encoder.block.1.mlp.0.bias")[0] = -6;
        for (int channel = 0; channel < width; channel++) writes[channel * Config.MlpWidth] = channel == Massive ? 6 : 0;

        Span<float> Of(string key) => System.Runtime.InteropServices.MemoryMarshal.AsMemory(weights[key].Values).Span;
    });

    // Uniform within a third over the root of a row's length: every block adds a little.
    private static float[] Values(Parameter parameter, int number)
    {
        float[] values = new float[parameter.Shape.ElementCount];
        if (parameter.Shape.Rank == 1 && parameter.Key.EndsWith(".weight", StringComparison.Ordinal))
        {
            Array.Fill(values, 1);
            return values;
        }
        double limit = Math.Pow(Math.Max(1, parameter.Shape.ElementCount / parameter.Shape[0]), -0.5) * (parameter.Key.StartsWith("encoder", StringComparison.Ordinal) ? 0.6 : 1.5);
        Random random = new(number);
        for (int index = 0; index < values.Length; index++) values[index] = (float)(limit * (2 * random.NextDouble() - 1));
        return values;
    }
}
