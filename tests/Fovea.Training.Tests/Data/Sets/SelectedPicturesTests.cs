using Fovea.Training.Data;

namespace Fovea.Training.Tests.Data.Sets;

public class SelectedPicturesTests
{
    [Fact]
    public void Samples_are_numbered_anew_and_sources_keep_their_factors()
    {
        using Mixture whole = new();
        using SelectedPictures some = new(whole, [1, 3, 4, 7]);
        Assert.Equal(["picture 1", "picture 3", "picture 4", "picture 7"], Enumerable.Range(0, some.Count).Select(some.NameOf));
        Assert.Equal([1, 3, 4, 7], Enumerable.Range(0, some.Count).Select(sample => some.LabelOf(sample)!.Value));
        Assert.Equal([new SourceShare("first", 0, 2, 2), new SourceShare("third", 2, 2, 0.5)], some.Sources);
    }

    private sealed class Mixture : IPictureSet
    {
        public int Count => 8;

        public IReadOnlyList<SourceShare> Sources => [new("first", 0, 4, 2), new("second", 4, 0, 1), new("third", 4, 4, 0.5)];

        public Fovea.Images.RgbImage Open(int sample) => throw new NotSupportedException();

        public string NameOf(int sample) => $"picture {sample}";

        public int? LabelOf(int sample) => sample;

        public void Dispose()
        {
        }
    }
}
