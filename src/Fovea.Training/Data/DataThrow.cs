using System.Globalization;

namespace Fovea.Training.Data;

/// <summary>Why data cannot be trained on, one sentence each.</summary>
internal static class DataThrow
{
    public static TrainingDataException EpochTooLong(double pictures) =>
        new(Text($"An epoch would have {pictures:N0} pictures, where {Array.MaxLength:N0} are the most; make the repeat factors of the sources smaller."));

    public static TrainingDataException TooSmall(long pictures, int batch) =>
        new(Text($"An epoch has {pictures:N0} pictures, fewer than one batch of {batch:N0}; make the batch smaller, name more data, or raise a source's repeat factor."));

    public static TrainingDataException NothingUsable(int tried, string last) =>
        new(Text($"{tried:N0} pictures one after the other could not be used, so the data are damaged as a whole; look at the last of them: {last}"));

    public static TrainingDataException TooManyBroken(long broken, long tried, double most, string last) =>
        new(Text($"{broken:N0} of {tried:N0} pictures could not be used, more than the {100 * most:0.#} % that are borne; repair the data or leave the broken ones out. The last of them: {last}"));

    public static TrainingDataException NoDefaultSplit(string path, IEnumerable<string> wanted, IEnumerable<string> splits) =>
        new($"{path}: has no split {string.Join(" or ", wanted)}; it has {string.Join(", ", splits)}: name one, {path}#{splits.FirstOrDefault() ?? "SPLIT"}.");

    public static TrainingDataException NoPicture(string source) => new($"{source}: holds no picture; name data that do.");

    public static TrainingDataException TooManyPictures(long pictures) =>
        new(Text($"The data have {pictures:N0} pictures, where {int.MaxValue:N0} are the most; name fewer."));

    public static TrainingDataException TooLargeArchive(string archive) => new($"{archive}: is larger than 2 TB; pack it into several archives.");

    public static TrainingDataException NoClassFolder(string picture) =>
        new($"{picture}: lies in no class folder; labels are the names of the folders right below the source: put it into one, or leave the labels out.");

    public static TrainingDataException UnknownClass(string picture, string name, IReadOnlyList<string> classes) =>
        new(Text($"{picture}: its folder '{name}' is none of the {classes.Count:N0} classes ({string.Join(", ", classes.Take(5))}{(classes.Count > 5 ? ", ..." : "")}); rename the folder or leave it out."));

    public static ImageException NoClassIndex(string picture, long label) => new(Text($"{picture}: has the label {label}, which is no class index; pack it with one from 0 on."));

    public static TrainingDataException NotUnpacked(string archive, string folder, string why) =>
        new($"{archive}: cannot be unpacked to {folder} ({why.TrimEnd('.')}); make room, set FOVEA_HOME to a folder with room, or unpack the archive yourself and name the .tar.");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
