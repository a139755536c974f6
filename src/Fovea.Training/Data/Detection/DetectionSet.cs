using System.Collections.Concurrent;
using Fovea.Images;
using Fovea.Training.Annotations;

namespace Fovea.Training.Data;

/// <summary>Pictures with the objects in them: what detectors are trained and measured on. Safe to use from many threads.</summary>
internal sealed class DetectionSet : IPictureSet
{
    private readonly IndexedPictures _pictures;
    private readonly int[] _places;                                             // [samples]: their numbers in _pictures
    private readonly CocoImage[] _images;                                       // [samples]
    private readonly ILookup<long, CocoAnnotation> _objects;
    private readonly Dictionary<long, int> _classes;
    private readonly ConcurrentDictionary<int, ImageSize> _otherSizes = new();

    /// <param name="pictures">The pictures; the set owns them.</param>
    /// <param name="samples">Those that belong to the set, ascending, each with what the annotations say of it.</param>
    /// <param name="categories">The classes.</param>
    /// <param name="annotations">Objects; those of other images are left out.</param>
    /// <param name="remarks">What a user should hear, a sentence each.</param>
    public DetectionSet(IndexedPictures pictures, IReadOnlyList<(int Place, CocoImage Image)> samples, IReadOnlyList<CocoCategory> categories, IEnumerable<CocoAnnotation> annotations, IReadOnlyList<string> remarks)
    {
        _pictures = pictures;
        _places = [.. samples.Select(sample => sample.Place)];
        _images = [.. samples.Select(sample => sample.Image)];
        Categories = [.. categories.OrderBy(category => category.Id)];
        _classes = Categories.Index().ToDictionary(category => category.Item.Id, category => category.Index);
        HashSet<long> known = [.. _images.Select(image => image.Id)];
        Annotations = [.. annotations.Where(annotation => known.Contains(annotation.ImageId))];
        _objects = Annotations.ToLookup(annotation => annotation.ImageId);
        Remarks = remarks;
        Sources = Shares(pictures.Sources, _places);
    }

    /// <summary>The classes in the order of their ids: the place is the class index.</summary>
    public IReadOnlyList<CocoCategory> Categories { get; }

    /// <summary>All objects, in the order of the files.</summary>
    public IReadOnlyList<CocoAnnotation> Annotations { get; }

    /// <summary>What a user should hear, a sentence each.</summary>
    public IReadOnlyList<string> Remarks { get; }

    public int Count => _places.Length;

    public IReadOnlyList<SourceShare> Sources { get; }

    /// <summary>The pictures that turned out to have another size than their annotations say. Their boxes are used as they are.</summary>
    public IReadOnlyList<string> OtherSizes => [.. _otherSizes.Keys.Order().Select(NameOf)];

    /// <summary>What the annotations say of a picture.</summary>
    public CocoImage ImageOf(int sample) => _images[sample];

    /// <summary>The objects of a picture with their class indices.</summary>
    public LabelledBox[] ObjectsOf(int sample) => [.. _objects[_images[sample].Id].Select(one => new LabelledBox(
        _classes[one.CategoryId], new BoundingBox(one.Box.X, one.Box.Y, one.Box.X + one.Box.Width, one.Box.Y + one.Box.Height), one.IsCrowd || one.IsIgnored))];

    public string NameOf(int sample) => _pictures.NameOf(_places[sample]);

    public int? LabelOf(int sample) => null;

    /// <summary>
    /// Boxes belong to the pixels as the labelling tool showed them. So a picture whose EXIF orientation lays it on its side is turned when only then it has
    /// the size that its annotations name; all others are taken as they are stored.
    /// </summary>
    public RgbImage Open(int sample)
    {
        RgbImage stored = _pictures.Open(_places[sample]);
        CocoImage image = _images[sample];
        ImageSize annotated = new(image.Height, image.Width);
        if (image.Width == 0 || image.Height == 0 || stored.Size == annotated) return stored;
        if (stored.Size.Height == annotated.Width && stored.Size.Width == annotated.Height)
        {
            RgbImage upright = _pictures.Open(_places[sample], DecodeOptions.Default with { AppliesOrientation = true });
            if (upright.Size == annotated)
            {
                stored.Dispose();
                return upright;
            }
            upright.Dispose();
        }
        _otherSizes.TryAdd(sample, stored.Size);
        return stored;
    }

    /// <summary>Some of the samples. Both sets hold the same open files: dispose one of them, last.</summary>
    public DetectionSet Choose(Func<int, bool> keeps) =>
        new(_pictures, [.. Enumerable.Range(0, Count).Where(keeps).Select(sample => (_places[sample], _images[sample]))], Categories, Annotations, Remarks);

    public void Dispose() => _pictures.Dispose();

    // The same sources with what is left of each.
    private static SourceShare[] Shares(IReadOnlyList<SourceShare> sources, int[] places)
    {
        int first = 0;
        return [.. sources.Select(source =>
        {
            int count = places.Count(place => place >= source.First && place < source.First + source.Pictures);
            first += count;
            return source with { First = first - count, Pictures = count };
        })];
    }
}
