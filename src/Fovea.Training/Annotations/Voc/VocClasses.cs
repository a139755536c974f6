namespace Fovea.Training.Annotations;

/// <summary>Makes of VOC annotations what COCO files hold, so that everything behind knows one form.</summary>
internal static class VocClasses
{
    /// <summary>Categories for names, numbered from 1.</summary>
    public static IReadOnlyList<CocoCategory> Number(IEnumerable<string> names) => [.. names.Select((name, number) => new CocoCategory(number + 1, name))];

    /// <summary>The names in some pictures, in ordinal order, which for VOC's own twenty is VOC's.</summary>
    public static IEnumerable<string> NamesOf(IEnumerable<VocPicture> pictures) => pictures.SelectMany(picture => picture.Objects).Select(one => one.Name).Distinct().Order(StringComparer.Ordinal);

    /// <summary>Pictures and objects with ids. Annotations are numbered from 1; difficult objects are marked `ignore`, which training looks at and COCO's evaluation does not.</summary>
    /// <param name="pictures">Each with its id and what messages call it.</param>
    /// <param name="categories">The classes.</param>
    /// <param name="offset">The number of the first column and row in the files: 1, or 0.</param>
    /// <param name="remarks">Takes what a user should hear.</param>
    /// <exception cref="AnnotationException">A class is none of <paramref name="categories"/>.</exception>
    public static (List<CocoImage> Images, List<CocoAnnotation> Annotations) ToCoco(IReadOnlyList<(long Id, string Name, VocPicture Picture)> pictures, IReadOnlyList<CocoCategory> categories, int offset, ICollection<string> remarks)
    {
        Dictionary<string, long> ids = categories.ToDictionary(category => category.Name, category => category.Id);
        string[] unknown = [.. pictures.SelectMany(picture => picture.Picture.Objects.Where(one => !ids.ContainsKey(one.Name)).Select(one => $"{one.Name} in {picture.Name}")).Distinct()];
        if (unknown.Length > 0) throw AnnotationThrow.UnknownClasses(unknown, [.. categories.Select(category => category.Name)]);
        List<CocoImage> images = [];
        List<CocoAnnotation> annotations = [];
        foreach ((long id, string name, VocPicture picture) in pictures)
        {
            images.Add(new CocoImage(id, name, picture.Width, picture.Height));
            foreach (VocObject one in picture.Objects)
            {
                CocoBox box = one.Box(offset);
                annotations.Add(new CocoAnnotation(annotations.Count + 1, id, ids[one.Name], box, box.Area, IsCrowd: false, IsIgnored: one.IsDifficult));
            }
        }
        VocObject[] all = [.. pictures.SelectMany(picture => picture.Picture.Objects)];
        double lowest = all.SelectMany(one => (double[])[one.XMin, one.YMin]).DefaultIfEmpty(1).Min();
        if (offset == 1 && lowest == 0) remarks.Add("some boxes begin at column or row 0, where VOC counts from 1: if the tool that wrote them counts from 0, set data.voc_offset to 0.");
        return (images, annotations);
    }

    /// <summary>The names of a split list, `ImageSets/Main/train.txt`: one a line; a second column, which lists of one class have, is not looked at.</summary>
    /// <exception cref="AnnotationException">There is no such list.</exception>
    public static IReadOnlyList<string> ReadSplit(string path)
    {
        try
        {
            return [.. File.ReadLines(path).Select(line => line.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries)).Where(words => words.Length > 0).Select(words => words[0])];
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw AnnotationThrow.Unreadable(path, failure);
        }
    }
}
