using Fovea.Training.Pretraining;

namespace Fovea.Training.Tests.Pretraining;

/// <summary>Settings and a batch of them, by chance, for properties that hold for all.</summary>
internal sealed class MaskCase
{
    private MaskCase(MaskSampler sampler, ulong seed, long step, int batch) => (Sampler, Seed, Step, Batch) = (sampler, seed, step, batch);

    public MaskSampler Sampler { get; }

    public ulong Seed { get; }

    public long Step { get; }

    public int Batch { get; }

    public MaskSettings Settings => Sampler.Settings;

    public PatchGrid Grid => Sampler.Grid;

    /// <summary>The case of this number; those that a sampler refuses are passed over.</summary>
    public static MaskCase Of(int number, MaskSamplerKind kind)
    {
        Random random = new(number);
        while (true)
        {
            (MaskSettings settings, PatchGrid grid) = Draw(random, kind);
            ulong seed = (ulong)random.NextInt64();
            try
            {
                return new(MaskSampler.Create(settings, grid, seed), seed, random.NextInt64(1L << 32), random.Next(1, 12));
            }
            catch (ArgumentException)
            {
                // Blocks below the least size, or too little context: RefusalTests hold these.
            }
        }
    }

    public MaskBatch Sample() => Sampler.Sample(Step, BatchSlice.Whole(Batch));

    public override string ToString() => $"{Settings} on {Grid}, seed {Seed}, step {Step}, batch {Batch}";

    private static (MaskSettings Settings, PatchGrid Grid) Draw(Random random, MaskSamplerKind kind) =>
        (new MaskSettings
        {
            Sampler = kind,
            ContextScale = Between(random, 0.3, 1),
            TargetScale = Between(random, 0.03, 0.3),
            TargetAspect = Between(random, 0.4, 2.5),
            ContextBlocks = random.Next(1, 4),
            TargetBlocks = random.Next(1, 6),
            MinKeep = random.Next(0, 12),
            AllowsOverlap = random.Next(4) == 0,
            ContextQuantile = random.Next(3) * 0.1,
        }, new PatchGrid(random.Next(4, 25), random.Next(4, 25)));

    private static Interval Between(Random random, double low, double high)
    {
        double one = low + random.NextDouble() * (high - low), other = low + random.NextDouble() * (high - low);
        return new(Math.Min(one, other), Math.Max(one, other));
    }
}
