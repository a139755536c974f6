namespace Fovea.Images;

/// <summary>Matches one name against `*`, `?`, `[abc]`, `[a-z]` and `[!a-z]`; case counts. Time is at most pattern times name.</summary>
internal static class Wildcards
{
    /// <summary>Whether the whole name matches. A `[` that nothing closes is a bracket.</summary>
    public static bool Matches(ReadOnlySpan<char> pattern, ReadOnlySpan<char> name)
    {
        int p = 0, n = 0, afterStar = -1, starName = 0;
        while (n < name.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                afterStar = ++p;
                starName = n;
            }
            else if (p < pattern.Length && MatchesOne(pattern[p..], name[n], out int length))
            {
                p += length;
                n++;
            }
            else if (afterStar >= 0)
            {
                // Only the last star needs to be tried longer: what an earlier one would take, this one can.
                p = afterStar;
                n = ++starName;
            }
            else return false;
        }
        return !pattern[p..].ContainsAnyExcept('*');
    }

    private static bool MatchesOne(ReadOnlySpan<char> pattern, char character, out int length)
    {
        length = 1;
        if (pattern[0] == '?') return true;
        // The first character of a set may be `]` itself: `[]]`, `[!]]`.
        int first = pattern.Length > 1 && pattern[1] is '!' or '^' ? 2 : 1;
        int close = pattern[0] == '[' && pattern.Length > first + 1 ? pattern[(first + 1)..].IndexOf(']') : -1;
        if (close < 0) return pattern[0] == character;
        length = first + 1 + close + 1;
        return IsIn(pattern[first..(length - 1)], character) != (first == 2);
    }

    private static bool IsIn(ReadOnlySpan<char> set, char character)
    {
        for (int i = 0; i < set.Length; i++)
        {
            bool isRange = i + 2 < set.Length && set[i + 1] == '-';
            if (isRange ? character >= set[i] && character <= set[i + 2] : character == set[i]) return true;
            if (isRange) i += 2;
        }
        return false;
    }
}
