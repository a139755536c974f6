using Fovea.Images;
using Fovea.Training.Data;

namespace Fovea.Training.Tests.Data.Loading;

/// <summary>Drawn shapes, of which some are broken; counts how often each is opened.</summary>
internal sealed class TestPictures(int count, Func<int, bool>? isBroken = null) : IPictureSet
{
    private readonly ShapePictures _shapes = new(count, new ImageSize(20, 24), seed: 1);
    private int _opened;

    public int Opened => _opened;

    public int Count => count;

    public IReadOnlyList<SourceShare> Sources => [new("shapes", 0, count, Factor)];

    public double Factor { get; init; } = 1;

    public Action? WhenOpened { get; init; }

    public RgbImage Open(int sample)
    {
        Interlocked.Increment(ref _opened);
        WhenOpened?.Invoke();
        return isBroken?.Invoke(sample) == true ? throw new ImageException($"{NameOf(sample)}: is broken for this test.") : _shapes.Open(sample);
    }

    public string NameOf(int sample) => $"picture {sample}";

    public int? LabelOf(int sample) => sample % 2 == 0 ? _shapes.LabelOf(sample) : null;

    public void Dispose()
    {
    }
}
