namespace Fovea.Fuzz;

/// <summary>Where a run begins and what ends it.</summary>
public sealed record FuzzLimits
{
    /// <summary>The number of the first input. Default 0.</summary>
    public long First { get; init; }

    /// <summary>How many inputs. Default: until <see cref="Time"/> is over.</summary>
    public long Inputs { get; init; } = long.MaxValue;

    /// <summary>How long. Default: until <see cref="Inputs"/> are done.</summary>
    public TimeSpan Time { get; init; } = TimeSpan.MaxValue;

    /// <summary>One input that takes longer hangs. Default 5 s.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(5);
}
