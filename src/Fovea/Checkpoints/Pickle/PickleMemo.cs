namespace Fovea.Checkpoints;

/// <summary>The numbered values that a pickle refers back to.</summary>
/// <remarks>Kept in pages that are made when they are written to: a hostile index costs one page, all of them 32 MB.</remarks>
internal sealed class PickleMemo
{
    private const int PageSize = 256;
    private const int Indices = 4_194_304;

    private readonly List<CheckpointValue?[]?> _pages = [];

    /// <summary>False when the index is beyond the limit.</summary>
    public bool TrySet(uint index, CheckpointValue value)
    {
        if (index >= Indices) return false;
        (int page, int slot) = Math.DivRem((int)index, PageSize);
        while (_pages.Count <= page) _pages.Add(null);
        CheckpointValue?[] values = _pages[page] ??= new CheckpointValue?[PageSize];
        values[slot] = value;
        return true;
    }

    /// <summary>The value under an index, or null when nothing was stored there.</summary>
    public CheckpointValue? Find(uint index)
    {
        (uint page, uint slot) = Math.DivRem(index, (uint)PageSize);
        return page < _pages.Count ? _pages[(int)page]?[slot] : null;
    }
}
