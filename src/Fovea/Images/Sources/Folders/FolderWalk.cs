using System.IO.Enumeration;

namespace Fovea.Images;

/// <summary>Goes through a folder and all folders below it, one folder in memory at a time.</summary>
/// <remarks>
/// In order, entries are compared as their names, a folder's with `/` behind it. That makes the whole walk follow the ordinal order of
/// relative paths: `a-b.jpg`, `a.jpg`, `a/b.jpg`, since `-` and `.` come before `/`.
/// Links to folders are followed, except to one that the walk is inside of: that link would never end.
/// </remarks>
internal sealed class FolderWalk
{
    private static readonly EnumerationOptions Everything = new() { AttributesToSkip = 0, IgnoreInaccessible = false, ReturnSpecialDirectories = false };

    private readonly string _root;
    private readonly IWalkRule _rule;
    private readonly bool _isOrdered;
    private readonly Stack<Level> _levels = new();

    private FolderWalk(string root, IWalkRule rule, bool isOrdered)
    {
        _root = root;
        _rule = rule;
        _isOrdered = isOrdered;
    }

    private sealed record Level(string Name, string RealPath, IWalkRule Rule, IEnumerator<string> Entries);

    /// <summary>All files that the rule takes, in ordinal order of their relative paths; a folder that cannot be read is one entry of them.</summary>
    public static IEnumerable<FoundFile> InOrder(string root, IWalkRule rule, CancellationToken cancellation) =>
        new FolderWalk(root, rule, isOrdered: true).Run(cancellation);

    /// <summary>The same files in the order of the disk: the first one comes without listing a large folder to its end.</summary>
    public static IEnumerable<FoundFile> InAnyOrder(string root, IWalkRule rule, CancellationToken cancellation) =>
        new FolderWalk(root, rule, isOrdered: false).Run(cancellation);

    private IEnumerable<FoundFile> Run(CancellationToken cancellation)
    {
        try
        {
            if (TryEnter("", parent: null, _rule) is { } root) yield return root;
            while (_levels.TryPeek(out Level? level))
            {
                cancellation.ThrowIfCancellationRequested();
                if (NextOf(level) is { } found) yield return found;
            }
        }
        finally
        {
            foreach (Level level in _levels) level.Entries.Dispose();
        }
    }

    /// <summary>One step: a file, or a folder that could not be read; null after a folder was entered, left or passed over.</summary>
    private FoundFile? NextOf(Level level)
    {
        if (!TryMoveNext(level, out ImageException? failure))
        {
            level.Entries.Dispose();
            _levels.Pop();
            return failure is null ? null : new(level.Name, failure);
        }
        string entry = level.Entries.Current, name = level.Name + entry;
        if (!entry.EndsWith('/')) return new(name);
        return level.Rule.Enter(entry.AsSpan()[..^1]) is { } rule ? TryEnter(name, level, rule) : null;
    }

    /// <summary>Opens a folder as the innermost level; what is returned instead is the folder that could not be read.</summary>
    private FoundFile? TryEnter(string name, Level? parent, IWalkRule rule)
    {
        string path = Path.Combine(_root, name);
        try
        {
            string realPath = RealPath.Of(path, parent?.RealPath);
            if (_levels.Any(level => level.RealPath == realPath)) return null;
            IEnumerable<string> entries = List(path, rule);
            _levels.Push(new(name, realPath, rule, (_isOrdered ? Sorted(entries) : entries).GetEnumerator()));
            return null;
        }
        catch (Exception failure) when (SourceThrow.IsUnreadable(failure))
        {
            return new(name, SourceThrow.Unreadable(path, failure));
        }
    }

    private static bool TryMoveNext(Level level, out ImageException? failure)
    {
        failure = null;
        try
        {
            return level.Entries.MoveNext();
        }
        catch (Exception cause) when (SourceThrow.IsUnreadable(cause))
        {
            failure = SourceThrow.Unreadable(level.RealPath, cause);
            return false;
        }
    }

    private static string[] Sorted(IEnumerable<string> entries)
    {
        string[] sorted = [.. entries];
        Array.Sort(sorted, StringComparer.Ordinal);
        return sorted;
    }

    // Filtered before a string is made: a folder of ten million other files costs no memory.
    private static FileSystemEnumerable<string> List(string path, IWalkRule rule) =>
        new(path, static (ref FileSystemEntry entry) => entry.IsDirectory ? $"{entry.FileName}/" : entry.FileName.ToString(), Everything)
        {
            ShouldIncludePredicate = (ref FileSystemEntry entry) => entry.IsDirectory || rule.Takes(entry.FileName),
        };
}
