namespace Fovea.Insight;

/// <summary>The vectors of one picture that a classifier is tried on (spec of the paper's table 1: which token knows the picture?). After the final norm.</summary>
internal sealed class PictureVectors
{
    private const int Likely = 4, Highest = 8;
    private readonly (float Norm, float[] Token)[] _likely, _highest;

    private PictureVectors(Dictionary<string, float[]> vectors, (float, float[])[] likely, (float, float[])[] highest) => (Named, _likely, _highest) = (vectors, likely, highest);

    /// <summary>Vectors that need no cut-off, by what they are called in reports.</summary>
    public IReadOnlyDictionary<string, float[]> Named { get; }

    /// <summary>A random patch of usual norm; null where the few that were kept are all outliers.</summary>
    public float[]? Normal(double cutoff) => _likely.FirstOrDefault(patch => patch.Norm <= cutoff).Token;

    /// <summary>A random one of the outliers among the eight largest norms; null where the picture has none.</summary>
    public float[]? Outlier(double cutoff, Random random)
    {
        int count = _highest.Count(patch => patch.Norm > cutoff);
        return count == 0 ? null : _highest[random.Next(count)].Token;
    }

    /// <summary>Of a picture.</summary>
    /// <param name="plan">Of the network.</param>
    /// <param name="tokens">The picture.</param>
    /// <param name="norms">[patches] of the last block, before the final norm.</param>
    public static PictureVectors Of(StudyPlan plan, PictureTokens tokens, ReadOnlySpan<float> norms)
    {
        int width = plan.Width, registers = plan.Network.Config.Registers;
        ReadOnlySpan<float> final = tokens.Final.Span, patches = plan.Layout.Patches(tokens.Final).Span;
        Dictionary<string, float[]> vectors = new() { ["patch mean"] = Vectors.Mean(patches, width) };
        for (int register = 0; register < registers; register++) vectors[plan.Layout.NameOf(register)] = final.Slice(register * width, width).ToArray();
        if (registers > 0)
        {
            vectors["mean of registers"] = Vectors.Mean(final[..(registers * width)], width);
            vectors["all registers"] = final[..(registers * width)].ToArray();
        }
        // What the last block writes into a register is never trained by I-JEPA; what it reads is.
        if (plan.Depth > 0 && tokens.Levels.Count > 1)
        {
            for (int register = 0; register < registers; register++)
            {
                ReadOnlySpan<float> entering = tokens.Levels[^2].Span.Slice(register * width, width);
                vectors[$"{plan.Layout.NameOf(register)} before the last block"] = Vectors.Normed(entering, plan.Network.Config.Norm, plan.Network.Config.NormEpsilon);
            }
        }
        if (plan.Layout.HasClassToken) vectors["class token"] = final.Slice(registers * width, width).ToArray();
        float[] sorted = norms.ToArray();
        int[] byNorm = [.. Enumerable.Range(0, sorted.Length)];
        Array.Sort(sorted, byNorm);
        vectors["highest-norm patch"] = Patch(patches, byNorm[^1], width);
        vectors["lowest-norm patch"] = Patch(patches, byNorm[0], width);
        vectors["centre patch"] = Patch(patches, plan.Grid.Rows / 2 * plan.Grid.Columns + plan.Grid.Columns / 2, width);
        int[] random = TokenSamples.Order(plan, tokens.Name);
        return new(vectors, Kept(random.AsSpan(0, Math.Min(Likely, random.Length)), norms, patches, width), Kept([.. byNorm.Reverse().Take(Highest)], norms, patches, width));
    }

    private static (float, float[])[] Kept(ReadOnlySpan<int> numbers, ReadOnlySpan<float> norms, ReadOnlySpan<float> patches, int width)
    {
        (float, float[])[] kept = new (float, float[])[numbers.Length];
        for (int index = 0; index < numbers.Length; index++) kept[index] = (norms[numbers[index]], Patch(patches, numbers[index], width));
        return kept;
    }

    private static float[] Patch(ReadOnlySpan<float> patches, int number, int width) => patches.Slice(number * width, width).ToArray();
}
