using System.Numerics;
using Fovea.Training.Randomness;

namespace Fovea.Training.Pretraining;

/// <summary>A set of patches of a grid: one word for each row, one bit for each column. Blocks are put in and taken out a row at a time.</summary>
/// <param name="rows">[rows of the grid]; the caller's, so that it can lie on the stack.</param>
internal readonly ref struct PatchSet(Span<ulong> rows)
{
    /// <summary>The longest side of a grid: the bits of a word.</summary>
    public const int LongestSide = 64;

    private readonly Span<ulong> _rows = rows;

    /// <summary>The number of patches.</summary>
    public int Count
    {
        get
        {
            int count = 0;
            foreach (ulong row in _rows) count += BitOperations.PopCount(row);
            return count;
        }
    }

    /// <summary>Becomes the patches of a block.</summary>
    public void Fill(Block block)
    {
        _rows.Clear();
        _rows.Slice(block.Top, block.Size.Rows).Fill(Bits(block));
    }

    /// <summary>Loses the patches of a block.</summary>
    public void Remove(Block block)
    {
        ulong others = ~Bits(block);
        foreach (ref ulong row in _rows.Slice(block.Top, block.Size.Rows)) row &= others;
    }

    /// <summary>Writes the numbers of the first patches, ascending, as many as there is room for.</summary>
    /// <param name="patches">At most <see cref="Count"/>.</param>
    /// <param name="gridColumns">Columns of the grid.</param>
    public void CopyFirst(Span<long> patches, int gridColumns)
    {
        int next = 0;
        for (int row = 0; next < patches.Length; row++)
        {
            for (ulong bits = _rows[row]; bits != 0 && next < patches.Length; bits &= bits - 1)
            {
                patches[next++] = row * gridColumns + BitOperations.TrailingZeroCount(bits);
            }
        }
    }

    /// <summary>Writes the numbers of a random subset, ascending: every subset of that size is equally likely (Knuth, TAOCP 3.4.2, algorithm S).</summary>
    /// <param name="patches">At most <see cref="Count"/>.</param>
    /// <param name="gridColumns">Columns of the grid.</param>
    /// <param name="random">One number is drawn for each patch, until the choice is made.</param>
    public void CopyRandom(Span<long> patches, int gridColumns, ref RandomStream random)
    {
        int next = 0, left = Count;
        for (int row = 0; next < patches.Length; row++)
        {
            for (ulong bits = _rows[row]; bits != 0 && next < patches.Length; bits &= bits - 1, left--)
            {
                int wanted = patches.Length - next;
                if (wanted == left || random.NextInteger(left) < wanted) patches[next++] = row * gridColumns + BitOperations.TrailingZeroCount(bits);
            }
        }
    }

    private static ulong Bits(Block block) => ulong.MaxValue >> (LongestSide - block.Size.Columns) << block.Left;
}
