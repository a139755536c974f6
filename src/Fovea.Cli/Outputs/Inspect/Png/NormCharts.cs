using Fovea.Insight;

namespace Fovea.Cli.Outputs.Inspect;

/// <summary>Token norms over all pictures as PNG: a histogram, quantiles by block, outliers by place.</summary>
internal static class NormCharts
{
    private const int Width = 640, Height = 360, Left = 70, Right = 20, Top = 26, Bottom = 40, Bins = 80;
    private static readonly (byte, byte, byte) Ink = (40, 44, 52), Blue = (42, 102, 176), Pale = (188, 210, 235), Orange = (194, 90, 23), Brown = (161, 92, 7), Violet = (122, 79, 181);

    /// <summary>Counts of patch norms after the last block on a logarithmic axis, cut-off and registers marked.</summary>
    public static void Histogram(ModelInsight insight, Stream output)
    {
        using Drawing drawing = new(Width, Height);
        NormResult last = insight.Norms[^1];
        double end = Math.Max(Math.Max(last.Patches.Quantile(1), last.Patches.Cutoff), 1e-30) * 1.05;
        double total = insight.Pictures.Count * insight.Plan.Grid.Patches;
        double[] counts = [.. Enumerable.Range(0, Bins).Select(bin => Math.Round(total * (last.Patches.ShareAbove(bin * end / Bins) - last.Patches.ShareAbove((bin + 1) * end / Bins))))];
        double highest = Math.Log10(1 + counts.Max());
        int X(double norm) => Left + (int)(Math.Min(norm / end, 1) * (Width - Left - Right));
        for (int bin = 0; bin < Bins; bin++)
        {
            int height = (int)(Math.Log10(1 + counts[bin]) / highest * (Height - Top - Bottom));
            drawing.Fill(X(bin * end / Bins), Height - Bottom - height, Math.Max(1, X((bin + 1) * end / Bins) - X(bin * end / Bins) - 1), height, Blue);
        }
        drawing.Fill(Left, Height - Bottom, Width - Left - Right, 2, Ink);
        drawing.Fill(X(last.Patches.Cutoff), Top, 2, Height - Top - Bottom, Brown);
        foreach ((int token, Spread spread) in last.Special.Index()) drawing.Fill(X(spread.Mean), Height - Bottom - 30, 3, 30, token < insight.Plan.Layout.Registers ? Orange : Violet);
        drawing.Text($"patch norms block {insight.Plan.Depth}, log counts, cut-off {Sheet.Plain(last.Patches.Cutoff)}", Left, 8, Ink);
        drawing.Text("0", Left, Height - Bottom + 10, Ink);
        EndAt(drawing, Sheet.Plain(end), Width - Right, Height - Bottom + 10);
        EndAt(drawing, Sheet.Plain(counts.Max()), Left - 8, Top);
        drawing.WritePng(output);
    }

    /// <summary>Quantiles of the patch norms by block, registers as lines, on a logarithmic axis.</summary>
    public static void Blocks(ModelInsight insight, Stream output)
    {
        using Drawing drawing = new(Width, Height);
        double low = insight.Norms.Min(level => Math.Max(level.Patches.Quantile(0.01), 1e-6)), high = insight.Norms.Max(level => Math.Max(level.Patches.Quantile(1), level.Special.Select(spread => spread.Mean).DefaultIfEmpty(0).Max()));
        (low, high) = (0.9 * low, Math.Max(1.1 * high, 1.1e-6));
        double Y(double norm) => Height - Bottom - Math.Log(Math.Clamp(norm, low, high) / low) / Math.Log(high / low) * (Height - Top - Bottom);
        double step = (double)(Width - Left - Right) / insight.Norms.Length;
        double X(int level) => Left + (level + 0.5) * step;
        int box = Math.Max(3, (int)(0.6 * step));
        foreach ((int level, NormResult norms) in insight.Norms.Index())
        {
            TokenNorms patches = norms.Patches;
            Rectangle(0.01, 0.99, box / 3, Pale);
            Rectangle(0.25, 0.75, box, Blue);
            drawing.Fill((int)X(level) - box / 2, (int)Y(patches.Median), box, 2, Ink);
            drawing.Fill((int)X(level) - 3, (int)Y(patches.Quantile(1)) - 3, 6, 6, Blue);
            drawing.Text(Sheet.Plain(norms.Level), (int)X(level) - 4, Height - Bottom + 10, Ink);
            void Rectangle(double from, double to, int width, (byte, byte, byte) colour) =>
                drawing.Fill((int)X(level) - width / 2, (int)Y(patches.Quantile(to)), width, Math.Max(1, (int)(Y(patches.Quantile(from)) - Y(patches.Quantile(to)))), colour);
        }
        for (int token = 0; token < insight.Plan.Layout.SpecialTokens; token++)
        {
            for (int level = 1; level < insight.Norms.Length; level++)
            {
                drawing.Line(X(level - 1), Y(insight.Norms[level - 1].Special[token].Mean), X(level), Y(insight.Norms[level].Special[token].Mean), token < insight.Plan.Layout.Registers ? Orange : Violet);
            }
        }
        drawing.Text("norms by block, log axis, 1 - 25 - 75 - 99 %, dot max", Left, 8, Ink);
        EndAt(drawing, Sheet.Plain(high), Left - 8, Top);
        EndAt(drawing, Sheet.Plain(low), Left - 8, Height - Bottom - 10);
        drawing.WritePng(output);
    }

    /// <summary>How often each place of the grid holds an outlier, or one of the largest 2 % where there are not enough.</summary>
    public static void Heat(ModelInsight insight, Stream output)
    {
        OutlierResult outliers = insight.Outliers!;
        OutlierPlaces places = (outliers.Places ?? outliers.TopPlaces)!;
        PatchGrid grid = insight.Plan.Grid;
        Sheet sheet = new(grid.Rows >= grid.Columns ? new(320, Math.Max(1, 320 * grid.Columns / grid.Rows)) : new(Math.Max(1, 320 * grid.Rows / grid.Columns), 320), 1);
        sheet.Add(outliers.Places is null ? "top 2 % by place" : "outliers by place", places.HeatMap.SelectMany(row => row).Select(value => (float)value).ToArray(), grid);
        sheet.WritePng(output);
    }

    private static void EndAt(Drawing drawing, string text, int right, int top) => drawing.Text(text, right - Drawing.TextWidth(text), top, Ink);
}
