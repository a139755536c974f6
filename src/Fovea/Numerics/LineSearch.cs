using System.Numerics.Tensors;

namespace Fovea.Numerics;

/// <summary>
/// Walks along directions to points that satisfy the strong Wolfe conditions: the objective is lower, and the slope flatter (Nocedal and Wright 2006,
/// algorithms 3.5 and 3.6, cubic interpolation of section 3.5). Holds the point that has been reached.
/// </summary>
internal sealed class LineSearch
{
    private const double SufficientDecrease = 1e-4, FlatEnough = 0.9;
    private const int MostTries = 25;

    private readonly IObjective _objective;
    private readonly CancellationToken _cancellation;

    /// <param name="objective">What to make small.</param>
    /// <param name="start">[count]; taken over.</param>
    /// <param name="cancellation">Ends the search before an evaluation.</param>
    public LineSearch(IObjective objective, double[] start, CancellationToken cancellation)
    {
        (_objective, _cancellation) = (objective, cancellation);
        (Point, Gradient) = (start, new double[start.Length]);
        Value = Evaluate(Point, Gradient);
    }

    /// <summary>[count].</summary>
    public double[] Point { get; private set; }

    /// <summary>The gradient there.</summary>
    public double[] Gradient { get; private set; }

    /// <summary>The objective there.</summary>
    public double Value { get; private set; }

    /// <summary>Evaluations so far.</summary>
    public int Evaluations { get; private set; }

    /// <summary>Moves along a direction, first trying it as it is.</summary>
    /// <returns>False, where it was, if the direction does not lead down as far as double arithmetic can tell.</returns>
    public bool Advance(double[] direction, int mostEvaluations)
    {
        Step start = new(0, Value, TensorPrimitives.Dot<double>(Gradient, direction), Point, Gradient);
        if (!(start.Slope < 0)) return false;
        Step low = start;                                                     // the lowest so far that decreases sufficiently
        Step? high = null;                                                    // the other end, once a minimum is enclosed
        double next = 1;
        for (int tries = 0; tries < MostTries && Evaluations < mostEvaluations; tries++)
        {
            Step step = Try(start, direction, next);
            if (!Decreases(start, step) || (low.Length > 0 && step.Value >= low.Value)) high = step;
            else
            {
                if (Math.Abs(step.Slope) <= -FlatEnough * start.Slope) return Take(step);
                bool isBeyond = high is null ? step.Slope >= 0 : step.Slope * (high.Length - low.Length) >= 0;
                if (isBeyond) high = low;
                low = step;
            }
            next = high is null ? 2 * low.Length : Between(low, high);
        }
        return low.Length > 0 && Take(low);
    }

    // Within rounding of the objective equal counts as lower, else the last digits of the gradient could not be reached.
    private static bool Decreases(Step start, Step step) =>
        step.Value <= start.Value + SufficientDecrease * step.Length * start.Slope + Math.ScaleB(Math.Abs(start.Value), -50);

    // The minimum of the cubic through values and slopes of both ends, kept away from them.
    private static double Between(Step low, Step high)
    {
        double width = high.Length - low.Length;
        double d1 = low.Slope + high.Slope - 3 * (high.Value - low.Value) / width;
        double root = Math.Sqrt(Math.Max(0, d1 * d1 - low.Slope * high.Slope)) * Math.Sign(width);
        double share = 1 - (high.Slope + root - d1) / (high.Slope - low.Slope + 2 * root);
        return low.Length + width * (double.IsFinite(share) ? Math.Clamp(share, 0.1, 0.9) : 0.5);
    }

    private Step Try(Step start, double[] direction, double length)
    {
        double[] point = new double[start.Point.Length], gradient = new double[point.Length];
        TensorPrimitives.MultiplyAdd(direction, length, start.Point, point);
        double value = Evaluate(point, gradient);
        return new(length, value, TensorPrimitives.Dot<double>(gradient, direction), point, gradient);
    }

    private bool Take(Step step)
    {
        (Point, Gradient, Value) = (step.Point, step.Gradient, step.Value);
        return true;
    }

    private double Evaluate(double[] point, double[] gradient)
    {
        _cancellation.ThrowIfCancellationRequested();
        Evaluations++;
        return _objective.Evaluate(point, gradient);
    }

    private sealed record Step(double Length, double Value, double Slope, double[] Point, double[] Gradient);
}
