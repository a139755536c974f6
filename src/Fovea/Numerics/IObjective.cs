namespace Fovea.Numerics;

/// <summary>A smooth function of many variables, to be made small.</summary>
internal interface IObjective
{
    /// <summary>How many variables.</summary>
    int Count { get; }

    /// <summary>The value at a point, and its gradient there.</summary>
    /// <param name="point">[count].</param>
    /// <param name="gradient">[count], written.</param>
    double Evaluate(double[] point, double[] gradient);

    /// <summary>Multiplies by a guess of the inverse of the second derivatives, up to a factor; the better the guess, the fewer evaluations.</summary>
    /// <param name="direction">[count], replaced.</param>
    void Precondition(double[] direction);
}
