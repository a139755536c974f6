using Fovea.Numerics;

namespace Fovea.Tests.Numerics;

public class LbfgsTests
{
    /// <summary>The valley of Rosenbrock 1960 in two dimensions: curved, narrow, its minimum 0 at (1, 1).</summary>
    [Fact]
    public void Bottom_of_a_curved_valley_is_found()
    {
        Lbfgs.Result found = Lbfgs.Minimise(new Valley(), [-1.2, 1], 1e-10, 200);
        Assert.True(found.Converged);
        Assert.All(found.Point, value => Assert.Equal(1, value, 1e-9));
    }

    [Fact]
    public void Search_that_runs_out_of_patience_says_so_and_never_ends_higher_than_it_began()
    {
        Lbfgs.Result found = Lbfgs.Minimise(new Valley(), [-1.2, 1], 1e-10, 10);
        Assert.False(found.Converged);
        Assert.InRange(found.Evaluations, 1, 10);
        Assert.InRange(found.Value, 0, 24.2);
    }

    [Fact]
    public void Start_is_left_as_it_was()
    {
        double[] start = [-1.2, 1];
        Lbfgs.Minimise(new Valley(), start, 1e-10, 200);
        Assert.Equal([-1.2, 1], start);
    }

    private sealed class Valley : IObjective
    {
        public int Count => 2;

        public double Evaluate(double[] point, double[] gradient)
        {
            double across = point[1] - point[0] * point[0], along = 1 - point[0];
            gradient[0] = -400 * point[0] * across - 2 * along;
            gradient[1] = 200 * across;
            return 100 * across * across + along * along;
        }

        public void Precondition(double[] direction)
        {
        }
    }
}
