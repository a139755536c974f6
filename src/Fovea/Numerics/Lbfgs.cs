using System.Numerics.Tensors;

namespace Fovea.Numerics;

/// <summary>
/// Limited-memory BFGS with a strong Wolfe line search and a preconditioner (Nocedal and Wright 2006, algorithms 7.4 and 7.5). Everything in double,
/// in one order: the same start gives the same end.
/// </summary>
internal static class Lbfgs
{
    private const int History = 10;

    /// <summary>What a minimisation came to.</summary>
    /// <param name="Point">[count].</param>
    /// <param name="Value">The objective there.</param>
    /// <param name="LargestGradient">The largest magnitude of a gradient entry there.</param>
    /// <param name="Evaluations">Of objective and gradient.</param>
    /// <param name="Converged">Whether that gradient is below what was asked for.</param>
    internal sealed record Result(double[] Point, double Value, double LargestGradient, int Evaluations, bool Converged);

    /// <summary>Minimises until no gradient entry exceeds a limit, or no step makes the objective smaller in double arithmetic, or patience ends.</summary>
    /// <param name="objective">What to make small.</param>
    /// <param name="start">Where to begin: [count]; left as it is.</param>
    /// <param name="tolerance">The largest gradient entry that is small enough.</param>
    /// <param name="mostEvaluations">When patience ends.</param>
    /// <param name="cancellation">Ends it between evaluations.</param>
    public static Result Minimise(IObjective objective, ReadOnlySpan<double> start, double tolerance, int mostEvaluations, CancellationToken cancellation = default)
    {
        LineSearch search = new(objective, start.ToArray(), cancellation);
        List<(double[] Step, double[] Change, double Product)> history = [];
        while (TensorPrimitives.MaxMagnitude<double>(search.Gradient) is var largest && Math.Abs(largest) >= tolerance && search.Evaluations < mostEvaluations)
        {
            double[] direction = Direction(objective, search.Gradient, history);
            double[] point = (double[])search.Point.Clone(), gradient = (double[])search.Gradient.Clone();
            if (!search.Advance(direction, mostEvaluations))
            {
                if (history.Count == 0) break;                                // steepest descent finds nothing either: the last digit is reached
                history.Clear();
                continue;
            }
            Remember(history, Difference(search.Point, point), Difference(search.Gradient, gradient));
        }
        double left = Math.Abs(TensorPrimitives.MaxMagnitude<double>(search.Gradient));
        return new(search.Point, search.Value, left, search.Evaluations, left < tolerance);
    }

    // The two-loop recursion, with the preconditioner as the first guess of the inverse Hessian.
    private static double[] Direction(IObjective objective, double[] gradient, List<(double[] Step, double[] Change, double Product)> history)
    {
        double[] direction = new double[gradient.Length];
        TensorPrimitives.Negate(gradient, direction);
        double[] alphas = new double[history.Count];
        for (int index = history.Count - 1; index >= 0; index--)
        {
            (double[] step, double[] change, double product) = history[index];
            alphas[index] = TensorPrimitives.Dot<double>(step, direction) / product;
            TensorPrimitives.MultiplyAdd(change, -alphas[index], direction, direction);
        }
        objective.Precondition(direction);
        if (history.Count > 0) TensorPrimitives.Multiply(direction, Scale(objective, history[^1].Change, history[^1].Product), direction);
        for (int index = 0; index < history.Count; index++)
        {
            (double[] step, double[] change, double product) = history[index];
            double beta = TensorPrimitives.Dot<double>(change, direction) / product;
            TensorPrimitives.MultiplyAdd(step, alphas[index] - beta, direction, direction);
        }
        return direction;
    }

    // Nocedal and Wright 2006, eq. 7.20, in the metric of the preconditioner.
    private static double Scale(IObjective objective, double[] change, double product)
    {
        double[] conditioned = (double[])change.Clone();
        objective.Precondition(conditioned);
        return product / TensorPrimitives.Dot<double>(change, conditioned);
    }

    private static void Remember(List<(double[] Step, double[] Change, double Product)> history, double[] step, double[] change)
    {
        double product = TensorPrimitives.Dot<double>(step, change);
        if (!(product > 0)) return;                                           // rounding; the strong Wolfe conditions make it positive
        if (history.Count == History) history.RemoveAt(0);
        history.Add((step, change, product));
    }

    private static double[] Difference(double[] a, double[] b)
    {
        double[] difference = new double[a.Length];
        TensorPrimitives.Subtract<double>(a, b, difference);
        return difference;
    }
}
