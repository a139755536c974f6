using System.Buffers;
using System.Text.Json;

namespace Fovea.Training.Runs.Metrics;

/// <summary>One line of `metrics.jsonl`: figures that belong to one step.</summary>
internal sealed class MetricsLine
{
    /// <summary>A line.</summary>
    /// <param name="step">Optimiser steps made; 0 is the untrained encoder.</param>
    /// <param name="epoch">The epoch that the step belongs to, from 0.</param>
    /// <param name="values">Figures in the order in which they are written.</param>
    /// <exception cref="ArgumentException">A negative number, no figure, or one figure twice.</exception>
    public MetricsLine(long step, long epoch, params ReadOnlySpan<MetricValue> values)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        ArgumentOutOfRangeException.ThrowIfNegative(epoch);
        if (values.IsEmpty) throw new ArgumentException("a line of metrics holds at least one figure.", nameof(values));
        HashSet<string> names = [];
        foreach (MetricValue value in values)
        {
            if (!names.Add(value.Metric.Name)) throw new ArgumentException($"the figure '{value.Metric.Name}' is twice in one line.", nameof(values));
        }
        (Step, Epoch, Values) = (step, epoch, values.ToArray());
    }

    /// <summary>Optimiser steps made.</summary>
    public long Step { get; }

    /// <summary>The epoch that the step belongs to, from 0.</summary>
    public long Epoch { get; }

    /// <summary>The figures, in the order of the line.</summary>
    public IReadOnlyList<MetricValue> Values { get; }

    /// <summary>The value of a figure; null where the line has none.</summary>
    public double? this[Metric metric]
    {
        get
        {
            foreach (MetricValue value in Values)
            {
                if (value.Metric.Name == metric.Name) return value.Value;
            }
            return null;
        }
    }

    /// <summary>Writes the line and its line feed: numbers as the shortest text that reads back as the same double, what is not finite as null.</summary>
    public void WriteTo(IBufferWriter<byte> target)
    {
        using (Utf8JsonWriter json = new(target))
        {
            json.WriteStartObject();
            json.WriteNumber(Metric.StepKey, Step);
            json.WriteNumber(Metric.EpochKey, Epoch);
            foreach (MetricValue value in Values)
            {
                if (double.IsFinite(value.Value)) json.WriteNumber(value.Metric.Name, value.Value);
                else json.WriteNull(value.Metric.Name);
            }
            json.WriteEndObject();
        }
        target.Write("\n"u8);
    }

    /// <summary>Reads a line, without its line feed. A null is NaN.</summary>
    /// <exception cref="FormatException">It is none; the message says why.</exception>
    public static MetricsLine Parse(ReadOnlySpan<byte> line)
    {
        try
        {
            Utf8JsonReader json = new(line);
            Expect(json.Read() && json.TokenType == JsonTokenType.StartObject, "it is no JSON object");
            long step = Whole(ref json, Metric.StepKey), epoch = Whole(ref json, Metric.EpochKey);
            List<MetricValue> values = [];
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                Metric metric = KnownMetrics.Named(json.GetString()!);
                Expect(json.Read() && json.TokenType is JsonTokenType.Number or JsonTokenType.Null, $"'{metric.Name}' is no number");
                values.Add(metric.Of(json.TokenType == JsonTokenType.Null ? double.NaN : json.GetDouble()));
            }
            Expect(!json.Read(), "something follows the object");
            return new MetricsLine(step, epoch, [.. values]);
        }
        catch (Exception failure) when (failure is JsonException or ArgumentException or InvalidOperationException)     // the last one: bytes that are no UTF-8
        {
            throw new FormatException(failure.Message.TrimEnd('.'), failure);
        }
    }

    private static long Whole(ref Utf8JsonReader json, string key)
    {
        Expect(json.Read() && json.TokenType == JsonTokenType.PropertyName && json.ValueTextEquals(key), $"'{key}' is not in its place");
        Expect(json.Read() && json.TokenType == JsonTokenType.Number && json.TryGetInt64(out _), $"'{key}' is no whole number");
        return json.GetInt64();
    }

    private static void Expect(bool holds, string otherwise)
    {
        if (!holds) throw new FormatException(otherwise);
    }
}
