namespace Fovea.Training.Runs.Metrics;

/// <summary>One figure that runs log: its key in `metrics.jsonl`, and what a reader of the report needs to understand it.</summary>
internal sealed record Metric
{
    /// <summary>Keys that every line begins with.</summary>
    public const string StepKey = "step", EpochKey = "epoch";

    /// <summary>Defines a figure.</summary>
    /// <param name="name">Its key: small letters, digits and underscores.</param>
    /// <param name="kind">What it is measured on.</param>
    /// <param name="title">What a chart is headed with.</param>
    /// <param name="unit">What one is one of; empty for a pure number, `%` for a share of 1 that people read in hundredths.</param>
    /// <param name="meaning">One sentence: what it says, and which way is good.</param>
    /// <exception cref="ArgumentException">The key is none.</exception>
    public Metric(string name, MetricKind kind, string title, string unit, string meaning)
    {
        if (!IsName(name)) throw new ArgumentException($"'{name}' cannot be a key of metrics.jsonl; use small letters, digits and underscores, and neither '{StepKey}' nor '{EpochKey}'.", nameof(name));
        (Name, Kind, Title, Unit, Meaning) = (name, kind, title, unit, meaning);
    }

    /// <summary>The key in `metrics.jsonl`.</summary>
    public string Name { get; }

    /// <summary>What it is measured on.</summary>
    public MetricKind Kind { get; }

    /// <summary>What a chart of it is headed with.</summary>
    public string Title { get; }

    /// <summary>Empty for a pure number; `%` says that the logged share of 1 is shown in hundredths.</summary>
    public string Unit { get; }

    /// <summary>One sentence for the report.</summary>
    public string Meaning { get; }

    /// <summary>Whether it depends on the machine and the hour, so that two equal runs differ in it.</summary>
    public bool IsTimed { get; init; }

    /// <summary>Its name in TensorBoard: `training/loss`.</summary>
    public string Tag => $"{Kind.ToString().ToLowerInvariant()}/{Name}";

    /// <summary>The figure with a value; NaN and infinity are allowed, since a run that diverges has them.</summary>
    public MetricValue Of(double value) => new(this, value);

    /// <summary>Whether a text can be a key.</summary>
    public static bool IsName(string text) =>
        text.Length > 0 && char.IsAsciiLetterLower(text[0]) && text.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '_') && text is not (StepKey or EpochKey);
}
