namespace Fovea.Training.Evaluation;

/// <summary>Student's distribution, for intervals of means of few runs.</summary>
internal static class StudentT
{
    /// <summary>The t that 97.5 % stay below, so that 95 % are within +-t; to 1e-12 of its value.</summary>
    /// <param name="freedom">Degrees of freedom, at least 1.</param>
    public static double Quantile975(int freedom)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(freedom);
        double low = 0, high = Math.PI / 2;                                  // theta = arctan(t / sqrt(freedom))
        for (int step = 0; step < 60; step++)
        {
            double middle = (low + high) / 2;
            if (Within(middle, freedom) < 0.95) low = middle;
            else high = middle;
        }
        return Math.Sqrt(freedom) * Math.Tan((low + high) / 2);
    }

    // The share within +-t, a finite sum for whole degrees of freedom: Abramowitz and Stegun 1964, 26.7.3 and 26.7.4.
    private static double Within(double theta, int freedom)
    {
        double cos = Math.Cos(theta), sin = Math.Sin(theta);
        bool isOdd = freedom % 2 == 1;
        double term = isOdd ? cos : 1, sum = 0;
        for (int power = isOdd ? 1 : 0; power <= freedom - 2; power += 2)
        {
            sum += term;
            term *= cos * cos * (power + 1) / (power + 2);
        }
        return isOdd ? 2 / Math.PI * (theta + sin * sum) : sin * sum;
    }
}
