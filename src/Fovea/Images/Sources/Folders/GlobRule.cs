namespace Fovea.Images;

/// <summary>A glob on its way down: which of its names may come next. A folder that leads nowhere is never opened.</summary>
/// <remarks>
/// The names are read as a nondeterministic automaton, bit i of the positions meaning "names i and on are still to be matched", because
/// `**` leaves open how many folders it stands for. A wildcard matches no leading dot unless the pattern writes it, as in a shell.
/// </remarks>
internal sealed class GlobRule : IWalkRule
{
    /// <summary>One bit a name, and one for the end.</summary>
    public const int MostNames = 63;

    private const string AnyDepth = "**";

    private readonly IReadOnlyList<string> _names;
    private readonly ulong _positions;

    private GlobRule(IReadOnlyList<string> names, ulong positions)
    {
        _names = names;
        _positions = positions;
    }

    /// <summary>The rule in the folder where a pattern starts.</summary>
    public static GlobRule Start(GlobPattern pattern) => new(pattern.Names, WithSkippedDepths(pattern.Names, 1));

    public bool Takes(ReadOnlySpan<char> fileName)
    {
        int last = _names.Count - 1;
        return IsAt(last) && Matches(_names[last], fileName);
    }

    public IWalkRule? Enter(ReadOnlySpan<char> folderName)
    {
        ulong next = 0;
        for (int i = 0; i < _names.Count; i++)
        {
            if (!IsAt(i) || !Matches(_names[i], folderName)) continue;
            next |= 1UL << (_names[i] == AnyDepth ? i : i + 1);
        }
        next = WithSkippedDepths(_names, next) & ~(1UL << _names.Count);
        return next == 0 ? null : new GlobRule(_names, next);
    }

    private bool IsAt(int position) => (_positions >> position & 1) != 0;

    // `**` may stand for no folder at all. Ascending, so that `**/**` is skipped as well.
    private static ulong WithSkippedDepths(IReadOnlyList<string> names, ulong positions)
    {
        for (int i = 0; i < names.Count; i++)
        {
            if ((positions >> i & 1) != 0 && names[i] == AnyDepth) positions |= 1UL << (i + 1);
        }
        return positions;
    }

    private static bool Matches(string pattern, ReadOnlySpan<char> name) =>
        (!NameRules.IsHidden(name) || NameRules.IsHidden(pattern)) && Wildcards.Matches(pattern, name);
}
