using Fovea.Numerics;
namespace Fovea.Training.Evaluation;

/// <summary>L2-regularised multinomial logistic regression, solved to the optimum, which is unique.</summary>
internal static class LogisticRegression
{
    /// <summary>What a fit came to.</summary>
    /// <param name="Model">The classifier.</param>
    /// <param name="Solution">The solver's variables, to start a neighbouring problem from.</param>
    internal sealed record Fitted(LinearModel Model, Lbfgs.Result Solution);

    /// <summary>Fits.</summary>
    /// <param name="samples">To learn from.</param>
    /// <param name="scaling">What the classifier sees of the features.</param>
    /// <param name="classes">At least 2.</param>
    /// <param name="penalty">l2 of <see cref="SoftmaxObjective"/>; it is 1 / (C * samples) for the usual C.</param>
    /// <param name="tolerance">The largest gradient entry that is small enough.</param>
    /// <param name="mostEvaluations">When patience ends.</param>
    /// <param name="start">Variables to begin from; null is zero.</param>
    /// <param name="cancellation">Ends it.</param>
    public static Fitted Fit(
        ProbeSamples samples, ProbeScaling scaling, int classes, double penalty, double tolerance, int mostEvaluations, double[]? start = null, CancellationToken cancellation = default)
    {
        using SoftmaxObjective objective = new(samples, scaling, classes, penalty);
        Lbfgs.Result solution = Lbfgs.Minimise(objective, start ?? new double[objective.Count], tolerance, mostEvaluations, cancellation);
        return new(objective.Model(solution.Point), solution);
    }
}
