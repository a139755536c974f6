using Fovea.Training.Runs.Metrics;

namespace Fovea.Training.Runs.Health;

/// <summary>One thing that can be wrong with a run, and how it is seen.</summary>
/// <param name="Name">Its name in `docs/training-health.md`.</param>
/// <param name="Watched">The figure whose new readings it looks at.</param>
/// <param name="Find">A sentence, where it is wrong; else null.</param>
/// <param name="Advice">What to try.</param>
internal sealed record HealthRule(string Name, Metric Watched, Func<HealthView, string?> Find, string Advice);
