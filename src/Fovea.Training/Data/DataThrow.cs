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

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
