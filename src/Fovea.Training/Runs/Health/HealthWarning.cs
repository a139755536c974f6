namespace Fovea.Training.Runs.Health;

/// <summary>Something that a person should know about a run, in plain words.</summary>
/// <param name="Rule">Its name in `docs/training-health.md`.</param>
/// <param name="Step">The step at which it showed.</param>
/// <param name="Finding">What is wrong and how it shows.</param>
/// <param name="Advice">What to try.</param>
internal sealed record HealthWarning(string Rule, long Step, string Finding, string Advice)
{
    /// <summary>One line.</summary>
    public override string ToString() => $"step {Step}: {Finding} What to try: {Advice}";
}
