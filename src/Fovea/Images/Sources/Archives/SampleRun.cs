using System.Globalization;

namespace Fovea.Images;

/// <summary>Consecutive members of one key, and which pictures they are.</summary>
/// <remarks>
/// WebDataset and a folder that was packed as it is cannot be told apart by a mark, so the members decide (docs/sources.md):
/// a label, or a JPEG with a PNG mask, or no second picture makes a sample; several pictures are separate ones.
/// </remarks>
internal sealed class SampleRun(string archive, string key)
{
    // A sample has a few members. A key with more is a series, `frame.0001.png` and on, and is not kept in memory.
    private const int MostPictures = 16;

    private readonly List<Picture> _pictures = [];
    private long _bytes;
    private bool _isSeries;
    private string? _label;

    private sealed record Picture(MemberName Name, MakeImage Make);

    /// <summary>The key of all members.</summary>
    public string Key => key;

    /// <summary>Whether <see cref="Take"/> should be called before the next member: the run has become too long for one sample.</summary>
    public bool IsFull => _isSeries ? _pictures.Count > 0 : _pictures.Count > MostPictures || _bytes > EncodedImage.LargestBytes;

    /// <summary>Keeps a picture of so many bytes, which becomes an image when its name and label are known.</summary>
    public void Add(MemberName name, long bytes, MakeImage make)
    {
        _pictures.Add(new(name, make));
        _bytes += bytes;
    }

    /// <summary>Keeps a picture that cannot be read, with the reason as a function of the name that it will get.</summary>
    public void AddUnusable(MemberName name, Func<string, ImageException> refuse) =>
        _pictures.Add(new(name, (image, _) => EncodedImage.Unusable(image, refuse(image))));

    /// <summary>Keeps the text of the label.</summary>
    public void SetLabel(string text) => _label = text.Trim();

    /// <summary>The pictures so far, each its own: this run is a series.</summary>
    public IEnumerable<EncodedImage> Take()
    {
        _isSeries = true;
        EncodedImage[] taken = [.. _pictures.Select(picture => Image(picture, picture.Name.Full))];
        _pictures.Clear();
        _bytes = 0;
        return taken;
    }

    /// <summary>The pictures of the run, once its last member is known.</summary>
    /// <param name="isCut">Damage ended it, so a label without a picture is no fault of the sample.</param>
    public IEnumerable<EncodedImage> Close(bool isCut = false)
    {
        if (_isSeries) return Take();
        if (_pictures.Count == 0) return _label is null || isCut ? [] : [EncodedImage.Unusable(NameOf(key), SourceThrow.LabelOnly(NameOf(key)))];
        return SamplePicture() is { } picture ? [Image(picture, key)] : Take();
    }

    private Picture? SamplePicture()
    {
        if (_pictures.Count > 1 && _label is null && !IsPictureWithMask()) return null;
        foreach (string field in MemberName.PictureFields)
        {
            if (_pictures.Find(picture => picture.Name.Field == field) is { } first) return first;
        }
        return null;
    }

    private bool IsPictureWithMask() =>
        _pictures is [var one, var other] && (one.Name.Field is "jpg" or "jpeg" && other.Name.Field == "png" || one.Name.Field == "png" && other.Name.Field is "jpg" or "jpeg");

    private EncodedImage Image(Picture picture, string member)
    {
        string name = NameOf(member);
        if (_label is null) return picture.Make(name, null);
        EncodedImage image = picture.Make(name, long.TryParse(_label, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long label) ? label : null);
        return image.Refusal is null && image.Label is null ? EncodedImage.Unusable(name, SourceThrow.BadLabel(name, _label)) : image;
    }

    private string NameOf(string member) => $"{archive}/{member}";
}

/// <summary>Makes an image of a picture once its name and label are known.</summary>
internal delegate EncodedImage MakeImage(string name, long? label);
