namespace Fovea.Insight;

/// <summary>Single tokens of one picture that probes learn from, after the final norm.</summary>
/// <param name="Patches">Numbers of the patches, drawn without replacement.</param>
/// <param name="Tokens">[samples][width].</param>
/// <param name="Pixels">[samples][channels * side * side], normalised.</param>
internal sealed record TokenSamples(int[] Patches, float[][] Tokens, float[][] Pixels)
{
    /// <summary>Draws the tokens of a picture; the same name and seed give the same ones.</summary>
    public static TokenSamples Of(StudyPlan plan, PictureTokens tokens)
    {
        ReadOnlySpan<float> final = plan.Layout.Patches(tokens.Final).Span, input = tokens.Input.Span;
        int[] patches = [.. Order(plan, tokens.Name).Take(StudyPlan.TokensPerPicture)];
        float[][] drawn = new float[patches.Length][], pixels = new float[patches.Length][];
        for (int sample = 0; sample < patches.Length; sample++)
        {
            drawn[sample] = final.Slice(patches[sample] * plan.Width, plan.Width).ToArray();
            pixels[sample] = PatchContent.Pixels(plan, input, patches[sample]);
        }
        return new(patches, drawn, pixels);
    }

    /// <summary>The patches of a picture in a random order.</summary>
    public static int[] Order(StudyPlan plan, string name)
    {
        int[] order = [.. Enumerable.Range(0, plan.Grid.Patches)];
        new Random(Seed(plan.Seed, name)).Shuffle(order);
        return order;
    }

    // FNV-1a: string.GetHashCode differs from run to run.
    private static int Seed(int seed, string name)
    {
        uint hash = 2166136261 ^ (uint)seed;
        foreach (char letter in name) hash = (hash ^ letter) * 16777619;
        return (int)(hash & 0x7FFFFFFF);
    }
}
