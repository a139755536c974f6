using Fovea.Training.Randomness;

namespace Fovea.Training.Pretraining;

/// <summary>Draws that are a function of seed, step and position alone, where the reference's depend on workers and processes.</summary>
/// <param name="seed">The run's seed.</param>
/// <param name="step">The global step.</param>
internal struct SeededMaskDraws(ulong seed, long step) : IMaskDraws
{
    private RandomStream _sizes = new(seed, RandomPurpose.MaskSizes, step);
    private RandomStream _places;

    /// <inheritdoc/>
    public double NextUniform() => _sizes.NextUniform();

    /// <inheritdoc/>
    public void BeginPicture(int position) => _places = new RandomStream(seed, RandomPurpose.MaskPlaces, step, position);

    /// <inheritdoc/>
    public int NextInteger(int count) => _places.NextInteger(count);
}
