using Fovea.Images;
using Fovea.Insight;

namespace Fovea.Cli.Outputs.Inspect;

/// <summary>The files of one run of `fovea inspect`. Their places are tried before anything is measured; a file appears when it is complete.</summary>
internal sealed class InspectFiles : IDisposable
{
    private const int MostPictures = 8;

    private readonly OutputFile? _report;
    private readonly string? _folder;

    private InspectFiles(OutputFile? report, string? folder) => (_report, _folder) = (report, folder);

    /// <summary>Begins the files.</summary>
    /// <param name="report">The page; null: none.</param>
    /// <param name="folder">Where pictures go, made when it is not there; null: none.</param>
    /// <exception cref="OutputException">A place cannot be written.</exception>
    public static InspectFiles Begin(string? report, string? folder)
    {
        if (folder is not null)
        {
            try
            {
                Directory.CreateDirectory(folder);
            }
            catch (Exception failure) when (OutputThrow.IsRefusal(failure))
            {
                throw OutputThrow.Refused(folder, failure);
            }
        }
        return new(report is null ? null : OutputFile.Create(report), folder);
    }

    /// <summary>Writes all of them.</summary>
    /// <returns>The files, as the user would name them.</returns>
    /// <exception cref="OutputException">The disk is full, or a place may no longer be written.</exception>
    public IReadOnlyList<string> Write(ModelInsight insight, long? available, AnnotatedBoxes? boxes, string model)
    {
        List<string> files = [];
        if (_report is null && _folder is null) return files;
        DrawnMaps maps = DrawnMaps.Of(insight);
        if (_report is not null)
        {
            _report.OrRefuse(() => InspectPage.Write(_report.Stream, maps, available, boxes, model));
            _report.Complete();
            files.Add(_report.Path);
        }
        if (_folder is null) return files;
        if (insight.Outliers is not null)
        {
            Add("norm_hist.png", stream => NormCharts.Histogram(insight, stream));
            Add("norm_blocks.png", stream => NormCharts.Blocks(insight, stream));
            Add("norm_heat.png", stream => NormCharts.Heat(insight, stream));
        }
        WritePictures(new PictureSheets(maps, boxes), maps.Pictures, Add);
        return files;

        void Add(string name, Action<Stream> write)
        {
            string path = Path.Combine(_folder!, name);
            using OutputFile file = OutputFile.Create(path);
            file.OrRefuse(() => write(file.Stream));
            file.Complete();
            files.Add(path);
        }
    }

    public void Dispose() => _report?.Dispose();

    private static void WritePictures(PictureSheets sheets, IReadOnlyList<PictureStudy> pictures, Action<string, Action<Stream>> add)
    {
        List<(PictureStudy, RgbImage)> shown = [];
        HashSet<string> names = [];
        try
        {
            foreach (PictureStudy picture in Evenly(pictures))
            {
                RgbImage pixels = picture.Drawn!.Picture.Decode();
                shown.Add((picture, pixels));
                string name = FileName(picture.Name, names);
                foreach ((string kind, Sheet sheet) in sheets.Of(picture, pixels)) add($"{name}_{kind}.png", sheet.WritePng);
            }
            add("overview.png", sheets.Overview(shown).WritePng);
        }
        finally
        {
            foreach ((_, RgbImage pixels) in shown) pixels.Dispose();
        }
    }

    private static IEnumerable<PictureStudy> Evenly(IReadOnlyList<PictureStudy> pictures)
    {
        int count = Math.Min(MostPictures, pictures.Count);
        return Enumerable.Range(0, count).Select(number => pictures[number * pictures.Count / count]);
    }

    // Letters, digits, - and . of the picture's name, the rest as _; a number behind it where two would be the same.
    private static string FileName(string pictureName, HashSet<string> taken)
    {
        string plain = string.Concat(pictureName.Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '.' ? letter : '_')).TrimStart('.');
        if (plain.Length > 80) plain = plain[^80..];
        string name = plain;
        for (int number = 2; !taken.Add(name.ToLowerInvariant()); number++) name = $"{plain}_{number}";
        return name;
    }
}
