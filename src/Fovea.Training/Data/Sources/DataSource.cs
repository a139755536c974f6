using System.Globalization;
using Fovea.Images;

namespace Fovea.Training.Data;

/// <summary>One SOURCE, `PATH[#split[+split]][@factor]`, once it is known what it names. Nothing of its pictures has been read.</summary>
internal sealed record DataSource
{
    private DataSource(SourceReference reference, ImageSource pictures)
    {
        Path = reference.Path;
        Splits = reference.Splits;
        Factor = reference.Factor ?? 1;
        Pictures = pictures;
    }

    /// <summary>The path as it was written.</summary>
    public string Path { get; }

    /// <summary>The splits that are taken; none for what has no splits.</summary>
    public IReadOnlyList<string> Splits { get; }

    /// <summary>How often an epoch holds each picture; 1 where the text has no factor.</summary>
    public double Factor { get; }

    /// <summary>What it names: files, folders, archives.</summary>
    public ImageSource Pictures { get; }

    /// <summary>Reads SOURCEs. With several, names of pictures have the SOURCE's folder in front, so that they tell them apart.</summary>
    /// <param name="arguments">At least one.</param>
    /// <param name="use">Which split is taken where none is named.</param>
    /// <exception cref="ArgumentException">There is none.</exception>
    /// <exception cref="FormatException">An empty path or split, or a factor below 0.</exception>
    /// <exception cref="ImageException">A path names no pictures, has no such split, or lists an archive that is not there.</exception>
    public static IReadOnlyList<DataSource> Parse(IReadOnlyList<string> arguments, SourceUse use)
    {
        if (arguments.Count == 0) throw new ArgumentException("No data are named; name at least one source.", nameof(arguments));
        return [.. arguments.Select(argument => Parse(argument, use, isAlone: arguments.Count == 1))];
    }

    /// <summary>The text that would be read as this source, splits that were taken and a factor other than 1 included.</summary>
    public override string ToString() =>
        Path + (Splits.Count > 0 ? "#" + string.Join('+', Splits) : "") + (Factor == 1 ? "" : "@" + Factor.ToString(CultureInfo.InvariantCulture));

    private static DataSource Parse(string argument, SourceUse use, bool isAlone)
    {
        SourceReference reference = SourceReference.Parse(argument);
        if (reference.Splits.Count == 0 && File.Exists(reference.Path) && NameRules.IsInfo(reference.Path)) reference = reference with { Splits = DefaultSplits(reference.Path, use) };
        return new(reference, ArgumentPaths.Open(reference, isAlone));
    }

    private static string[] DefaultSplits(string path, SourceUse use)
    {
        string[] splits = [.. DatasetInfo.Read(path).Splits.Select(split => split.Name)];
        string[] wanted = use switch
        {
            SourceUse.Training => ["training", "train"],
            SourceUse.Validation => ["val", "validation"],
            SourceUse.Test => ["test", "val", "validation"],
            _ => [],
        };
        if (wanted.Length == 0) return splits;
        return [wanted.FirstOrDefault(splits.Contains) ?? throw DataThrow.NoDefaultSplit(path, wanted, splits)];
    }
}
