using Fovea.Training.Annotations;

namespace Fovea.Training.Data;

/// <summary>Which picture a COCO file means: its `file_name` is a path from some folder of pictures, while archives name pictures without extension.</summary>
internal static class PictureNames
{
    /// <summary>Finds the record of each picture.</summary>
    /// <param name="names">Of the pictures.</param>
    /// <param name="files">The COCO files.</param>
    /// <param name="missing">Takes the names of records without a picture.</param>
    /// <returns>[pictures]: null where no file has the picture.</returns>
    public static CocoImage?[] Match(IReadOnlyList<string> names, IReadOnlyList<CocoFile> files, out List<string> missing)
    {
        ILookup<string, int> byStem = Enumerable.Range(0, names.Count).ToLookup(sample => Stem(names[sample][(names[sample].LastIndexOf('/') + 1)..]));
        CocoImage?[] found = new CocoImage?[names.Count];
        missing = [];
        foreach (CocoImage image in files.SelectMany(file => file.Images))
        {
            string wanted = Stem(image.FileName.Replace('\\', '/'));
            int[] candidates = [.. byStem[wanted[(wanted.LastIndexOf('/') + 1)..]]];
            // Of pictures of one name in several folders, the one whose folders end as the record's.
            if (candidates.Length > 1) candidates = [.. candidates.Where(sample => Stem(names[sample]) == wanted || Stem(names[sample]).EndsWith($"/{wanted}", StringComparison.Ordinal))];
            if (candidates is [var only] && found[only] is null) found[only] = image;
            else missing.Add(image.FileName.Length > 0 ? image.FileName : $"image {image.Id}");
        }
        return found;
    }

    private static string Stem(string path)
    {
        int dot = path.LastIndexOf('.');
        return dot > path.LastIndexOf('/') && Fovea.Images.NameRules.IsPicture(path) ? path[..dot] : path;
    }
}
