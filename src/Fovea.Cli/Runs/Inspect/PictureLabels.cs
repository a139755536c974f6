using Fovea.Cli.CommandLine;
using Fovea.Images;

namespace Fovea.Cli.Runs.Inspect;

/// <summary>Classes of pictures: of a list, of their folders, or what the source itself says.</summary>
internal static class PictureLabels
{
    /// <summary>The word that stands for folders.</summary>
    public const string Folders = "folders";

    /// <summary>Who tells the class of a picture.</summary>
    /// <param name="labels">`folders`, or a file with a line `NAME,LABEL` (or a tab between) for each picture; null: the source.</param>
    /// <exception cref="ToolException">The file cannot be read, or a line is no such line.</exception>
    public static Func<EncodedImage, long?>? Of(string? labels)
    {
        if (labels is null) return null;
        return labels == Folders ? OfFolders() : OfFile(labels);
    }

    // Several threads ask at once, and numbers are given out in the order of asking: they name classes, nothing more.
    private static Func<EncodedImage, long?> OfFolders()
    {
        Dictionary<string, long> classes = [];
        return picture =>
        {
            int slash = picture.Name.LastIndexOf('/');
            if (slash < 0) return null;
            lock (classes)
            {
                string folder = picture.Name[..slash];
                if (!classes.TryGetValue(folder, out long label)) classes[folder] = label = classes.Count;
                return label;
            }
        };
    }

    private static Func<EncodedImage, long?> OfFile(string file)
    {
        Dictionary<string, long> labels = [], classes = [];
        try
        {
            foreach ((int number, string line) in File.ReadLines(file).Index())
            {
                if (line.Length == 0) continue;
                int split = line.LastIndexOf(line.Contains('\t', StringComparison.Ordinal) ? '\t' : ',');
                if (split <= 0 || split == line.Length - 1) throw new ToolException($"{file}: line {number + 1} is no label; write the picture's name, a comma or a tab, and its class.");
                string name = line[(split + 1)..].Trim();
                if (!classes.TryGetValue(name, out long label)) classes[name] = label = classes.Count;
                labels[line[..split].Trim()] = label;
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new ToolException($"{file}: cannot be read: {failure.Message}", cause: failure);
        }
        return picture => labels.TryGetValue(picture.Name, out long label) ? label : null;
    }
}
