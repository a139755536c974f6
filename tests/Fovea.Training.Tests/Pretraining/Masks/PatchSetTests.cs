using Fovea.Training.Pretraining;
using Fovea.Training.Randomness;

namespace Fovea.Training.Tests.Pretraining;

/// <summary>Sets of patches as bits of rows.</summary>
public class PatchSetTests
{
    [Fact]
    public void Block_of_the_whole_grid_fills_all_64_columns()
    {
        PatchSet patches = new(new ulong[2]);
        patches.Fill(new Block(0, 0, new BlockSize(2, 64)));
        Assert.Equal(128, patches.Count);
    }

    [Fact]
    public void What_is_removed_is_gone_once()
    {
        PatchSet patches = new(new ulong[4]);
        patches.Fill(new Block(0, 1, new BlockSize(3, 3)));
        patches.Remove(new Block(1, 2, new BlockSize(3, 3)));
        patches.Remove(new Block(1, 2, new BlockSize(3, 3)));
        long[] left = new long[patches.Count];
        patches.CopyFirst(left, gridColumns: 5);
        Assert.Equal([1, 2, 3, 6, 11], left);
    }

    [Fact]
    public void Every_subset_of_a_size_is_equally_likely()
    {
        Dictionary<string, int> counts = [];
        RandomStream random = new(11, RandomPurpose.MaskPlaces);
        PatchSet patches = new(new ulong[3]);
        patches.Fill(new Block(0, 0, new BlockSize(3, 2)));
        patches.Remove(new Block(1, 1, new BlockSize(1, 1)));
        long[] kept = new long[2];
        for (int draw = 0; draw < 20_000; draw++)
        {
            patches.CopyRandom(kept, gridColumns: 2, ref random);
            string subset = string.Join(' ', kept);
            counts[subset] = counts.GetValueOrDefault(subset) + 1;
        }
        long[] all = [0, 1, 2, 4, 5];
        IEnumerable<string> subsets = all.SelectMany(one => all.Where(other => other > one).Select(other => $"{one} {other}"));
        ChiSquare.CheckFit("subsets", subsets.ToDictionary(subset => subset, _ => 0.1), counts);
    }
}
