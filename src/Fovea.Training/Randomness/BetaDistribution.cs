namespace Fovea.Training.Randomness;

/// <summary>Numbers between 0 and 1 that are spread by a beta distribution.</summary>
internal static class BetaDistribution
{
    /// <summary>One number of Beta(alpha, beta): of two gamma variables, the share of the first.</summary>
    /// <param name="random">Advances.</param>
    /// <param name="alpha">Above 0.</param>
    /// <param name="beta">Above 0.</param>
    public static double Draw(ref RandomStream random, double alpha, double beta)
    {
        double first = Gamma(ref random, alpha), second = Gamma(ref random, beta);
        return first / (first + second);
    }

    // Marsaglia and Tsang 2000, section 3; below 1 by their section 6: Gamma(a) is Gamma(a + 1) times U^(1/a).
    private static double Gamma(ref RandomStream random, double shape)
    {
        if (shape < 1)
        {
            double above = Gamma(ref random, shape + 1);
            return above * Math.Pow(1 - random.NextUniform(), 1 / shape);
        }
        double d = shape - 1.0 / 3, c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            double x = random.NextNormal(), v = Math.Pow(1 + c * x, 3), u = 1 - random.NextUniform();
            if (v > 0 && Math.Log(u) < 0.5 * x * x + d - d * v + d * Math.Log(v)) return d * v;
        }
    }
}
