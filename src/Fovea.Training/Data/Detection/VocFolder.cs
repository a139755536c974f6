using Fovea.Images;
using Fovea.Training.Annotations;

namespace Fovea.Training.Data;

/// <summary>A folder in VOC's own layout: `JPEGImages`, `Annotations`, `ImageSets/Main`.</summary>
/// <param name="Pictures">The SOURCE of its pictures, with the factor.</param>
/// <param name="Stems">The pictures of the splits that were named; null: all.</param>
internal sealed record VocFolder(string Pictures, IReadOnlySet<string>? Stems)
{
    /// <summary>The folder that a SOURCE names; null when it is another kind of source.</summary>
    /// <exception cref="AnnotationException">It has no such split.</exception>
    /// <exception cref="FormatException">The SOURCE is badly written.</exception>
    public static VocFolder? Find(string argument)
    {
        SourceReference reference = SourceReference.Parse(argument);
        string pictures = Path.Combine(reference.Path, "JPEGImages");
        if (!Directory.Exists(pictures) || !Directory.Exists(Path.Combine(reference.Path, "Annotations"))) return null;
        string factor = reference.Factor is { } times ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"@{times}") : "";
        HashSet<string>? stems = reference.Splits.Count == 0
            ? null
            : [.. reference.Splits.SelectMany(split => VocClasses.ReadSplit(Path.Combine(reference.Path, "ImageSets", "Main", $"{split}.txt")))];
        return new VocFolder(pictures + factor, stems);
    }
}
