using System.Globalization;

namespace Fovea.Tasks;

/// <summary>Numbers for pictures, which COCO's files want: those that their files are called by (`000000000139.jpg` is 139), or where one is not called by a number, or two by the same, 1 and on.</summary>
internal static class PictureIds
{
    /// <param name="names">Names of pictures, in order.</param>
    public static long[] Of(IReadOnlyList<string> names)
    {
        long[] ids = new long[names.Count];
        for (int index = 0; index < ids.Length; index++)
        {
            if (long.TryParse(Path.GetFileNameWithoutExtension(names[index]), NumberStyles.None, CultureInfo.InvariantCulture, out ids[index])) continue;
            return Count(ids.Length);
        }
        return ids.Distinct().Count() == ids.Length ? ids : Count(ids.Length);
    }

    private static long[] Count(int length) => [.. Enumerable.Range(1, length).Select(number => (long)number)];
}
