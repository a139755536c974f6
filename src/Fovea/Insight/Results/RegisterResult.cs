namespace Fovea.Insight;

/// <summary>One register at one level, over pictures.</summary>
/// <param name="Norm">Mean and deviation.</param>
/// <param name="CosineBetweenPictures">Mean over pairs of pictures: near 1 the register is a learned constant, low it carries the picture.</param>
/// <param name="VarianceShare">The part of its squared length that changes from picture to picture, 0 to 1.</param>
internal sealed record RegisterLevel(Spread Norm, double CosineBetweenPictures, double VarianceShare);

/// <summary>What the registers of a model hold (Darcet et al. 2023, section 3.4).</summary>
internal sealed record RegisterResult
{
    private const double Constant = 0.99, UnusedPart = 0.5, ImagePoints = 0.05;

    /// <summary>[registers][depth + 1].</summary>
    public required RegisterLevel[][] Levels { get; init; }

    /// <summary>[depth + 1]: mean cosine between two registers of one picture; NaN for one register.</summary>
    public required double[] CosineBetweenRegisters { get; init; }

    /// <summary>[registers][patches]: the mean attention of each over the pictures, last block, mean over heads.</summary>
    public required float[][] MeanMaps { get; init; }

    /// <summary>Mean cosine of two registers' attention over a picture.</summary>
    public required double MapCosine { get; init; }

    /// <summary>Mean Jensen-Shannon distance of those.</summary>
    public required double MapDistance { get; init; }

    /// <summary>[registers]: norm of the row of the position table, and its cosine to the mean row of the patches; empty where registers have no rows.</summary>
    public required (double Norm, double Cosine)[] Positions { get; init; }

    /// <summary>Sentences that follow from the numbers.</summary>
    public required string[] Readings { get; init; }

    public static RegisterResult Of(IReadOnlyList<PictureStudy> pictures, StudyPlan plan, ReadOnlyMemory<float> positions, AttentionResult[] attention, IReadOnlyList<TokenAccuracy> accuracies)
    {
        RegisterFacts[] facts = [.. pictures.Select(picture => picture.Registers!)];
        int[] registers = [.. Enumerable.Range(0, plan.Layout.Registers)], levels = [.. Enumerable.Range(0, plan.Depth + 1)];
        RegisterLevel[][] measured = [.. registers.Select(register => levels.Select(level => Level([.. facts.Select(fact => fact.Levels[level].AsMemory(register * plan.Width, plan.Width))])).ToArray())];
        return new RegisterResult
        {
            Levels = measured,
            CosineBetweenRegisters = [.. levels.Select(level => facts.Average(fact => BetweenRegisters(fact.Levels[level], plan.Width)))],
            MeanMaps = [.. registers.Select(register => MeanMap(facts, register))],
            MapCosine = facts.Average(fact => fact.MapCosine),
            MapDistance = facts.Average(fact => fact.MapDistance),
            Positions = PositionsOf(plan, positions),
            Readings = [.. Read(plan, measured, attention, accuracies)],
        };
    }

    private static IEnumerable<string> Read(StudyPlan plan, RegisterLevel[][] levels, AttentionResult[] attention, IReadOnlyList<TokenAccuracy> accuracies)
    {
        if (levels.All(register => register[^1].CosineBetweenPictures > Constant)) yield return "Registers are constant: their cosine between pictures is above 0.99 for all, so they are a learned bias and carry nothing of a picture.";
        double fair = (double)plan.Layout.Registers / (plan.Grid.Patches + plan.Layout.Registers);
        if (attention.Length > 0 && attention.All(block => block.Mean.RegisterMass < UnusedPart * fair)) yield return "Registers are unused: in every block patches give them less than half of what they would get by chance.";
        TokenAccuracy[] whole = [.. accuracies.Where(row => !row.IsSubset)];
        double? mean = whole.FirstOrDefault(row => row.Token == "patch mean")?.Accuracy, best = whole.Where(row => row.Token.StartsWith("register ", StringComparison.Ordinal)).Select(row => (double?)row.Accuracy).Max();
        if (best >= mean - ImagePoints) yield return "Registers carry the picture: a classifier on one of them is at most 5 points below one on the mean of the patches.";
    }

    // The mean over pairs of pictures is (|sum of unit vectors|² - n) / (n (n - 1)).
    private static RegisterLevel Level(Memory<float>[] tokens)
    {
        int width = tokens[0].Length, count = tokens.Length;
        double[] units = new double[width], sums = new double[width];
        double squares = 0;
        List<double> norms = [];
        foreach (Memory<float> token in tokens)
        {
            double norm = TokenNorms.Of(token.Span, width)[0];
            norms.Add(norm);
            squares += norm * norm;
            for (int channel = 0; channel < width; channel++)
            {
                units[channel] += norm > 0 ? token.Span[channel] / norm : 0;
                sums[channel] += token.Span[channel];
            }
        }
        double meanSquare = sums.Sum(sum => sum / count * (sum / count)), cosine = (units.Sum(unit => unit * unit) - count) / ((double)count * (count - 1));
        return new(Spread.Of(norms), count < 2 ? double.NaN : Math.Clamp(cosine, -1, 1), squares > 0 ? Math.Max(0, 1 - meanSquare / (squares / count)) : 0);
    }

    private static double BetweenRegisters(float[] tokens, int width)
    {
        int registers = tokens.Length / width, pairs = 0;
        double sum = 0;
        for (int first = 0; first < registers; first++)
        {
            for (int second = 0; second < first; second++, pairs++) sum += Vectors.Cosine(tokens.AsSpan(first * width, width), tokens.AsSpan(second * width, width));
        }
        return pairs == 0 ? double.NaN : sum / pairs;
    }

    private static float[] MeanMap(RegisterFacts[] facts, int register)
    {
        float[] mean = new float[facts[0].Maps[register].Length];
        foreach (RegisterFacts fact in facts)
        {
            for (int patch = 0; patch < mean.Length; patch++) mean[patch] += fact.Maps[register][patch] / facts.Length;
        }
        return mean;
    }

    private static (double, double)[] PositionsOf(StudyPlan plan, ReadOnlyMemory<float> positions)
    {
        if (positions.IsEmpty || !plan.Network.Config.PositionsCoverSpecialTokens) return [];
        float[] mean = Vectors.Mean(positions.Span[(plan.Layout.SpecialTokens * plan.Width)..], plan.Width);
        return [.. Enumerable.Range(0, plan.Layout.Registers).Select(register =>
        {
            ReadOnlySpan<float> row = positions.Span.Slice(register * plan.Width, plan.Width);
            return ((double)TokenNorms.Of(row, plan.Width)[0], Vectors.Cosine(row, mean));
        })];
    }
}
