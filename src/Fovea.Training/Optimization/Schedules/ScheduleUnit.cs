using System.Text.Json.Serialization;

namespace Fovea.Training.Optimization;

/// <summary>How often a scheduled number changes.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ScheduleUnit>))]
internal enum ScheduleUnit
{
    /// <summary>Once an epoch: constant within it.</summary>
    [JsonStringEnumMemberName("epoch")]
    Epoch,

    /// <summary>With every optimiser step.</summary>
    [JsonStringEnumMemberName("step")]
    Step,
}
