using System.Text.Json;
using System.Text.Json.Serialization;

namespace Fovea.Training.Runs.Checkpoints;

/// <summary>Where a run stands. Rates, momentum, order, crops and masks are functions of these numbers, so nothing else needs to be remembered.</summary>
/// <param name="Step">Optimiser steps made.</param>
/// <param name="Epoch">The epoch of the next step, from 0.</param>
/// <param name="StepOfEpoch">The next step's number within its epoch, from 0.</param>
/// <param name="Pictures">Pictures trained on, repetitions counted.</param>
internal sealed record RunCounters(
    [property: JsonPropertyName("step")] long Step,
    [property: JsonPropertyName("epoch")] long Epoch,
    [property: JsonPropertyName("step_of_epoch")] long StepOfEpoch,
    [property: JsonPropertyName("pictures")] long Pictures)
{
    public static RunCounters Start { get; } = new(0, 0, 0, 0);

    public string ToJson() => JsonSerializer.Serialize(this);

    /// <exception cref="JsonException">Not such a record.</exception>
    public static RunCounters Parse(string json) => JsonSerializer.Deserialize<RunCounters>(json) ?? throw new JsonException("null is no record of counters.");
}
