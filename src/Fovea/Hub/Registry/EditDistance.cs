namespace Fovea.Hub;

/// <summary>How many letters must be inserted, deleted or replaced to make one word of another (Levenshtein 1966).</summary>
internal static class EditDistance
{
    public static int Between(string left, string right)
    {
        int[] distances = [.. Enumerable.Range(0, right.Length + 1)];          // from the part of `left` read so far to each part of `right`
        for (int row = 1; row <= left.Length; row++)
        {
            int diagonal = distances[0];
            distances[0] = row;
            for (int column = 1; column <= right.Length; column++)
            {
                int replaced = diagonal + (left[row - 1] == right[column - 1] ? 0 : 1);
                diagonal = distances[column];
                distances[column] = Math.Min(replaced, Math.Min(distances[column - 1], diagonal) + 1);
            }
        }
        return distances[^1];
    }
}
