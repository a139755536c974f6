using Fovea.Networks;
using Fovea.Training.Pretraining;
using static TorchSharp.torch;

namespace Fovea.Bench.Training;

/// <summary>What one step works on: networks, batch, and how many patches the blocks have. Pictures, masks and start values come from fixed seeds.</summary>
/// <param name="Name">As the command line has it.</param>
/// <param name="Network">The encoder.</param>
/// <param name="Predictor">The predictor.</param>
/// <param name="Batch">Pictures a step.</param>
/// <param name="ContextPatches">Patches that the context encoder sees, in one context block.</param>
/// <param name="TargetPatches">Patches of each of four target blocks.</param>
/// <param name="StepsPerRound">Steps between two changes of turn: a few seconds.</param>
internal sealed record Workload(string Name, VitNetwork Network, PredictorConfig Predictor, int Batch, int ContextPatches, int TargetPatches, int StepsPerRound)
{
    private const int TargetBlocks = 4;

    /// <summary>The model card's encoder at 224, with block sizes as its masks have them on average.</summary>
    public static Workload Flagship { get; } = new(
        "flagship", new VitNetwork(NamedNetworks.Get("vit_reg4_m16_rms_avg"), ImageSize.Square(224)), new PredictorConfig(Depth: 6, Width: 384, Heads: 12), Batch: 16, ContextPatches: 56, TargetPatches: 36, StepsPerRound: 1);

    /// <summary>A small encoder of pictures of 32 pixels, as experiments on a processor use it.</summary>
    public static Workload Cifar { get; } = new(
        "cifar", Small(width: 192, depth: 6, heads: 3), new PredictorConfig(Depth: 3, Width: 96, Heads: 3), Batch: 128, ContextPatches: 20, TargetPatches: 12, StepsPerRound: 8);

    /// <summary>As small as serves to watch memory over a thousand steps.</summary>
    public static Workload Tiny { get; } = new(
        "tiny", Small(width: 48, depth: 2, heads: 3), new PredictorConfig(Depth: 2, Width: 24, Heads: 3), Batch: 16, ContextPatches: 20, TargetPatches: 12, StepsPerRound: 100);

    public static Workload Named(string name) => new[] { Flagship, Cifar, Tiny }.FirstOrDefault(one => one.Name == name) ?? throw new ArgumentException($"'{name}' is no workload: flagship, cifar or tiny.", nameof(name));

    public Tensor Images() => Normal(1, [Batch, Network.Channels, Network.Size.Height, Network.Size.Width]);

    /// <summary>[1, batch, kept] and [4, batch, size]: patches of a picture without repetition, contexts apart from targets, ascending in each block.</summary>
    public (Tensor Contexts, Tensor Targets) Masks()
    {
        Random shuffler = new(2);
        long[] contexts = new long[Batch * ContextPatches], targets = new long[TargetBlocks * Batch * TargetPatches];
        for (int picture = 0; picture < Batch; picture++)
        {
            int[] patches = [.. Enumerable.Range(0, Network.Grid.Patches)];
            shuffler.Shuffle(patches);
            Place(patches[..ContextPatches], contexts, picture);
            int[] others = patches[ContextPatches..];
            for (int block = 0; block < TargetBlocks; block++)
            {
                shuffler.Shuffle(others);
                Place(others[..TargetPatches], targets, block * Batch + picture);
            }
        }
        return (tensor(contexts, [1, Batch, ContextPatches]), tensor(targets, [TargetBlocks, Batch, TargetPatches]));

        static void Place(int[] patches, long[] all, int row)
        {
            Array.Sort(patches);
            for (int index = 0; index < patches.Length; index++) all[row * patches.Length + index] = patches[index];
        }
    }

    /// <summary>Start values of a parameter, named without the prefixes of its network, the same for every contender: norms 1, biases 0, all others normal with deviation 0.02.</summary>
    public static Tensor Start(string key, TensorShape shape)
    {
        long[] sizes = [.. shape.Dimensions];
        if (key.EndsWith(".bias", StringComparison.Ordinal)) return zeros(sizes);
        if (key.Contains("norm", StringComparison.Ordinal)) return ones(sizes);
        int seed = 3;
        foreach (char letter in key) seed = unchecked(seed * 31 + letter);
        return Normal(seed, sizes) * 0.02;
    }

    private static VitNetwork Small(int width, int depth, int heads) => new(
        new VitConfig { PatchSize = 4, Depth = depth, Heads = heads, Width = width, MlpWidth = 4 * width, DropPathRate = 0, Registers = 4, HasClassToken = false, Norm = NormType.RmsNorm },
        ImageSize.Square(32));

    private static Tensor Normal(int seed, long[] sizes)
    {
        random.manual_seed(seed);
        return randn(sizes);
    }
}
