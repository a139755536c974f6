using Fovea.Images;

namespace Fovea.Training.Data;

/// <summary>Some samples of a set, numbered anew in their order. Does not own the set.</summary>
internal sealed class SelectedPictures : IPictureSet
{
    private readonly IPictureSet _pictures;
    private readonly int[] _samples;

    /// <param name="pictures">The whole set.</param>
    /// <param name="samples">Which of its samples, ascending.</param>
    public SelectedPictures(IPictureSet pictures, int[] samples)
    {
        _pictures = pictures;
        _samples = samples;
        List<SourceShare> sources = [];
        foreach (SourceShare source in pictures.Sources)
        {
            int first = Place(source.First), end = Place(source.First + source.Pictures);
            if (end > first) sources.Add(source with { First = first, Pictures = end - first });
        }
        Sources = sources;
    }

    public int Count => _samples.Length;

    public IReadOnlyList<SourceShare> Sources { get; }

    public RgbImage Open(int sample) => _pictures.Open(_samples[sample]);

    public string NameOf(int sample) => _pictures.NameOf(_samples[sample]);

    public int? LabelOf(int sample) => _pictures.LabelOf(_samples[sample]);

    public void Dispose()
    {
    }

    // How many of the samples lie before one of the whole set.
    private int Place(int sample)
    {
        int place = Array.BinarySearch(_samples, sample);
        return place < 0 ? ~place : place;
    }
}
