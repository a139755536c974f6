using Fovea.Images;

namespace Fovea.Training.Data;

/// <summary>A set without its last samples, which are held out. Does not own the set.</summary>
internal sealed class FirstPictures : IPictureSet
{
    private readonly IPictureSet _pictures;

    /// <param name="pictures">The whole set.</param>
    /// <param name="count">How many samples to keep, from the first on.</param>
    /// <exception cref="ArgumentOutOfRangeException">Not so many are there.</exception>
    public FirstPictures(IPictureSet pictures, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, pictures.Count);
        _pictures = pictures;
        Count = count;
        Sources = [.. pictures.Sources.Where(source => source.First < count).Select(source => source with { Pictures = Math.Min(source.Pictures, count - source.First) })];
    }

    public int Count { get; }

    public IReadOnlyList<SourceShare> Sources { get; }

    public RgbImage Open(int sample) => _pictures.Open(sample);

    public string NameOf(int sample) => _pictures.NameOf(sample);

    public int? LabelOf(int sample) => _pictures.LabelOf(sample);

    public void Dispose()
    {
    }
}
