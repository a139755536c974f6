using Fovea.Training.Runs.Metrics;

namespace Fovea.Training.Runs.Health;

/// <summary>
/// Reads a run's figures as they come and says in plain words when something goes wrong. A warning is given once when it begins to hold, and again only after it has ceased to hold.
/// What it says depends on the lines alone, so that a resumed run which reads its old lines first warns like an uninterrupted one. Not safe to use from several threads.
/// </summary>
internal sealed class HealthMonitor
{
    private readonly MetricsHistory _history = new();
    private readonly HealthView _view;
    private readonly HashSet<string> _holding = [];
    private readonly List<HealthWarning> _warnings = [];

    /// <summary>A monitor that has seen nothing.</summary>
    /// <param name="steps">Steps of the whole run.</param>
    /// <param name="warmupSteps">Steps in which the learning rate rises.</param>
    /// <param name="thresholds">Null: the defaults.</param>
    public HealthMonitor(long steps, long warmupSteps, HealthThresholds? thresholds = null) => _view = new HealthView(_history, steps, warmupSteps, thresholds ?? new HealthThresholds());

    /// <summary>Every warning so far, oldest first.</summary>
    public IReadOnlyList<HealthWarning> Warnings => _warnings;

    /// <summary>Takes the next line in.</summary>
    /// <returns>Warnings that begin to hold with it; mostly none.</returns>
    public IReadOnlyList<HealthWarning> Observe(MetricsLine line)
    {
        _history.Add(line);
        int before = _warnings.Count;
        foreach (HealthRule rule in HealthRules.All)
        {
            if (line[rule.Watched] is null) continue;
            if (rule.Find(_view) is not { } finding) _holding.Remove(rule.Name);
            else if (_holding.Add(rule.Name)) _warnings.Add(new HealthWarning(rule.Name, line.Step, finding, rule.Advice));
        }
        return _warnings[before..];
    }
}
