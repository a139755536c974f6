using System.Collections.Immutable;

namespace Fovea;

/// <summary>Mean and standard deviation of each colour channel, on the scale 0 to 1: what pixels are normalised with.</summary>
/// <remarks>A checkpoint stores the numbers of its own training; the presets are those of the reference.</remarks>
public sealed record ChannelStatistics
{
    /// <summary>The reference's own data: mean 0.5191, 0.5306, 0.4877; deviation 0.2316, 0.2304, 0.2588.</summary>
    public static ChannelStatistics Birder { get; } = new([0.5191, 0.5306, 0.4877], [0.2316, 0.2304, 0.2588]);

    /// <summary>ImageNet-1k: mean 0.485, 0.456, 0.406; deviation 0.229, 0.224, 0.225.</summary>
    public static ChannelStatistics ImageNet { get; } = new([0.485, 0.456, 0.406], [0.229, 0.224, 0.225]);

    /// <summary>The data of CLIP's training.</summary>
    public static ChannelStatistics Clip { get; } = new([0.48145466, 0.4578275, 0.40821073], [0.26862954, 0.26130258, 0.27577711]);

    /// <summary>Mean 0, deviation 1: pixels stay on the scale 0 to 1.</summary>
    public static ChannelStatistics Neutral { get; } = new([0, 0, 0], [1, 1, 1]);

    /// <summary>Mean 0.5, deviation 0.5: pixels go to the scale -1 to 1.</summary>
    public static ChannelStatistics Centered { get; } = new([0.5, 0.5, 0.5], [0.5, 0.5, 0.5]);

    /// <summary>Statistics of one or more channels.</summary>
    /// <exception cref="ArgumentException">No channels, unequal counts, a deviation that is not above 0, or a number that is not finite.</exception>
    public ChannelStatistics(ImmutableArray<double> mean, ImmutableArray<double> deviation)
    {
        if (mean.IsDefaultOrEmpty || deviation.IsDefault || mean.Length != deviation.Length)
        {
            throw new ArgumentException(
                $"{(mean.IsDefault ? 0 : mean.Length)} channel means and {(deviation.IsDefault ? 0 : deviation.Length)} deviations; there must be one of each per channel.");
        }
        if (!mean.All(double.IsFinite) || !deviation.All(value => double.IsFinite(value) && value > 0))
        {
            throw new ArgumentException(
                $"channel means [{string.Join(", ", mean)}] and deviations [{string.Join(", ", deviation)}] must be finite, the deviations above 0.");
        }
        Mean = mean;
        Deviation = deviation;
    }

    /// <summary>Mean of each channel (red, green, blue), 0 to 1.</summary>
    public ImmutableArray<double> Mean { get; }

    /// <summary>Standard deviation of each channel, above 0.</summary>
    public ImmutableArray<double> Deviation { get; }

    /// <summary>Number of channels: 3, or 1 for grey.</summary>
    public int Channels => Mean.Length;

    /// <summary>Whether decoded pictures can have so many channels: they are colour or grey.</summary>
    internal bool FitPictures => Channels is 1 or 3;

    /// <summary>Equality of all numbers.</summary>
    public bool Equals(ChannelStatistics? other) =>
        other is not null && Mean.AsSpan().SequenceEqual(other.Mean.AsSpan()) && Deviation.AsSpan().SequenceEqual(other.Deviation.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => Mean.Aggregate(Mean.Length, (hash, value) => HashCode.Combine(hash, value));
}
