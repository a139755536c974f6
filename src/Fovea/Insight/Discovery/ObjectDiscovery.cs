using System.Numerics.Tensors;
using Fovea.Numerics;

namespace Fovea;

/// <summary>
/// Finds one object in a picture without labels: LOST (Siméoni et al. 2021). The patch that is like fewest others is taken for part of an object, patches like it
/// join, and a box is drawn around those that are connected.
/// </summary>
public static class ObjectDiscovery
{
    /// <summary>Finds an object.</summary>
    /// <param name="patches">
    /// [patches, width], not normalised, special tokens left out: of the last block the keys for DINO and DINOv2 (<see cref="EncoderOutput.Keys"/>), the values
    /// for DeiT III and OpenCLIP; <see cref="TokenLayout.Patches"/> cuts them out.
    /// </param>
    /// <param name="width">Numbers of a patch.</param>
    /// <param name="grid">Rows and columns.</param>
    /// <param name="patchSize">Pixels of a patch's side.</param>
    /// <param name="size">Of the picture in pixels, without padding: boxes end there.</param>
    /// <param name="options">Null: the published method.</param>
    /// <exception cref="ArgumentException">The numbers are not those of such a grid, or an option is out of range.</exception>
    public static DiscoveredObject Find(ReadOnlySpan<float> patches, int width, PatchGrid grid, int patchSize, ImageSize size, DiscoveryOptions? options = null)
    {
        options ??= new DiscoveryOptions();
        options.Check();
        if (width < 1 || grid.Patches < 1 || patches.Length != (long)width * grid.Patches) throw new ArgumentException($"{patches.Length} numbers are not {grid.Patches} patches of {width}; give the patches of one picture, row by row.", nameof(patches));
        double[] similarities = Similarities(Products.Widened(patches), width, options.IsCentred);
        double bias = options.HasAutomaticBias ? -MedianOfPairs(similarities, grid.Patches) : options.Bias;
        if (bias != 0) TensorPrimitives.Add(similarities, bias, similarities);
        int[] degrees = Degrees(similarities, grid.Patches);
        int[] ordered = [.. Enumerable.Range(0, grid.Patches).OrderBy(patch => degrees[patch])];      // stable: equal degrees by number
        int seed = ordered[0];
        ReadOnlySpan<double> seedRow = similarities.AsSpan(seed * grid.Patches, grid.Patches);
        int[] expansion = Expand(ordered, Math.Min(options.Candidates, grid.Patches), seedRow);
        bool[] mask = Mask(similarities, expansion, grid.Patches), component = Component(mask, seed, grid);
        bool[] seedMask = [.. seedRow.ToArray().Select(similarity => similarity > 0)];
        long pairs = (long)grid.Patches * (grid.Patches - 1);
        return new DiscoveredObject
        {
            Box = Box(component, grid, patchSize, size),
            SeedOnlyBox = Box(Component(seedMask, seed, grid), grid, patchSize, size),
            Seed = seed,
            Degrees = degrees,
            Expansion = expansion,
            Mask = mask,
            Component = component,
            Bias = bias,
            PositiveShare = pairs == 0 ? double.NaN : degrees.Sum(degree => (long)degree) / (double)pairs,
        };
    }

    // S = F Fᵀ, each pair once.
    private static double[] Similarities(double[] rows, int width, bool isCentred)
    {
        int count = rows.Length / width;
        if (isCentred)
        {
            double[] mean = new double[width];
            for (int row = 0; row < count; row++) TensorPrimitives.Add(mean, rows.AsSpan(row * width, width), mean);
            TensorPrimitives.Divide(mean, count, mean);
            for (int row = 0; row < count; row++) TensorPrimitives.Subtract(rows.AsSpan(row * width, width), mean, rows.AsSpan(row * width, width));
        }
        double[] similarities = new double[count * count];
        for (int row = 0; row < count; row++)
        {
            for (int other = 0; other <= row; other++)
            {
                double similarity = TensorPrimitives.Dot<double>(rows.AsSpan(row * width, width), rows.AsSpan(other * width, width));
                similarities[row * count + other] = similarities[other * count + row] = similarity;
            }
        }
        return similarities;
    }

    private static double MedianOfPairs(double[] similarities, int count)
    {
        if (count < 2) return 0;
        double[] pairs = new double[count * (count - 1) / 2];
        int place = 0;
        for (int row = 1; row < count; row++)
        {
            similarities.AsSpan(row * count, row).CopyTo(pairs.AsSpan(place));
            place += row;
        }
        Array.Sort(pairs);
        return OrderStatistics.Quantile(pairs, 0.5);
    }

    private static int[] Degrees(double[] similarities, int count)
    {
        int[] degrees = new int[count];
        for (int row = 0; row < count; row++)
        {
            for (int other = 0; other < count; other++) degrees[row] += other != row && similarities[row * count + other] > 0 ? 1 : 0;
        }
        return degrees;
    }

    private static int[] Expand(int[] ordered, int candidates, ReadOnlySpan<double> seedRow)
    {
        List<int> expansion = [];
        foreach (int patch in ordered.AsSpan(0, candidates))
        {
            if (seedRow[patch] > 0) expansion.Add(patch);
        }
        return [.. expansion];
    }

    private static bool[] Mask(double[] similarities, int[] expansion, int count)
    {
        double[] sums = new double[count];
        foreach (int patch in expansion) TensorPrimitives.Add(sums, similarities.AsSpan(patch * count, count), sums);
        return [.. sums.Select(sum => sum > 0)];
    }

    // 4-connected with the seed; the seed alone when it is not in the mask itself.
    private static bool[] Component(bool[] mask, int seed, PatchGrid grid)
    {
        bool[] component = new bool[mask.Length];
        Stack<int> open = new([seed]);
        component[seed] = true;
        while (mask[seed] && open.TryPop(out int patch))
        {
            int row = patch / grid.Columns, column = patch % grid.Columns;
            if (row > 0) Reach(patch - grid.Columns);
            if (row < grid.Rows - 1) Reach(patch + grid.Columns);
            if (column > 0) Reach(patch - 1);
            if (column < grid.Columns - 1) Reach(patch + 1);
        }
        return component;

        void Reach(int patch)
        {
            if (!mask[patch] || component[patch]) return;
            component[patch] = true;
            open.Push(patch);
        }
    }

    private static PixelBox Box(bool[] component, PatchGrid grid, int patchSize, ImageSize size)
    {
        int left = int.MaxValue, top = int.MaxValue, right = 0, bottom = 0;
        for (int patch = 0; patch < component.Length; patch++)
        {
            if (!component[patch]) continue;
            (int row, int column) = (patch / grid.Columns, patch % grid.Columns);
            (left, top, right, bottom) = (Math.Min(left, column), Math.Min(top, row), Math.Max(right, column + 1), Math.Max(bottom, row + 1));
        }
        return new PixelBox(left * patchSize, top * patchSize, Math.Min(right * patchSize, size.Width), Math.Min(bottom * patchSize, size.Height));
    }
}
