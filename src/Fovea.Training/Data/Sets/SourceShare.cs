using System.Globalization;

namespace Fovea.Training.Data;

/// <summary>One source of a set and how often an epoch shows it.</summary>
/// <param name="Name">The source as it was written, with the splits that were taken.</param>
/// <param name="First">Its first sample.</param>
/// <param name="Pictures">How many samples it has.</param>
/// <param name="Factor">How often an epoch shows each of them, from 0 up; of a fraction, a random part of the pictures comes once more.</param>
internal sealed record SourceShare(string Name, int First, int Pictures, double Factor)
{
    /// <summary>Times that every picture comes in every epoch.</summary>
    public int WholeTimes => (int)Math.Min(Math.Floor(Factor), int.MaxValue);

    /// <summary>Pictures that come once more, others in each epoch: the fraction of the factor, rounded.</summary>
    public int Extra => (int)Math.Round(Pictures * (Factor - Math.Floor(Factor)));

    /// <summary>Pictures of this source in an epoch; the same in each.</summary>
    public long PerEpoch => (long)Pictures * WholeTimes + Extra;

    /// <summary>For people: `cifar10/_info.json#train: 50,000 pictures, 100,000 an epoch`.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Name}: {Pictures:N0} pictures, {PerEpoch:N0} an epoch");
}
