namespace Fovea.Insight;

/// <summary>What the registers of one picture are: their tokens at each level, and how alike their attention is.</summary>
/// <param name="Levels">[depth + 1][registers * width].</param>
/// <param name="Maps">[registers][patches]: the attention of each over the patches in the last block, mean over heads; empty without attention.</param>
/// <param name="MapCosine">Mean over pairs of registers of the cosine of their maps; NaN for one register.</param>
/// <param name="MapDistance">Mean over pairs of the Jensen-Shannon distance of their maps, 0 to 1; NaN for one register.</param>
internal sealed record RegisterFacts(float[][] Levels, float[][] Maps, double MapCosine, double MapDistance)
{
    /// <summary>Of a picture.</summary>
    public static RegisterFacts Of(StudyPlan plan, PictureTokens tokens)
    {
        int registers = plan.Network.Config.Registers;
        float[][] levels = [.. tokens.Levels.Select(level => level.Span[..(registers * plan.Width)].ToArray())];
        AttentionMap last = new(tokens.Attention[^1], plan.Layout);
        float[][] maps = [.. Enumerable.Range(0, registers).Select(register => last.From(register))];
        double cosine = 0, distance = 0;
        int pairs = 0;
        for (int first = 0; first < registers; first++)
        {
            for (int second = 0; second < first; second++, pairs++)
            {
                cosine += Vectors.Cosine(maps[first], maps[second]);
                distance += Vectors.JensenShannon(maps[first], maps[second]);
            }
        }
        return new(levels, maps, pairs == 0 ? double.NaN : cosine / pairs, pairs == 0 ? double.NaN : distance / pairs);
    }
}
