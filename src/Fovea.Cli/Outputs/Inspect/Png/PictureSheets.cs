using Fovea.Images;
using Fovea.Insight;

namespace Fovea.Cli.Outputs.Inspect;

/// <summary>The sheets of one drawn picture (docs/formats.md): its name, and what draws it.</summary>
internal sealed class PictureSheets(DrawnMaps maps, AnnotatedBoxes? boxes)
{
    private const int Tile = 224;
    private static readonly (byte, byte, byte) White = (255, 255, 255), Yellow = (255, 212, 59), Green = (126, 231, 135), Cyan = (77, 195, 255), Black = (0, 0, 0);

    private readonly StudyPlan _plan = maps.Insight.Plan;

    /// <summary>Pixels of a map: the grid's shape, 224 on the longer side.</summary>
    public ImageSize Size => TileOf(Tile);

    /// <summary>All sheets of a picture.</summary>
    public IEnumerable<(string Name, Sheet Sheet)> Of(PictureStudy picture, RgbImage pixels)
    {
        if (_plan.Has(InsightParts.Norms))
        {
            yield return ("norm", Norm(picture, pixels));
            yield return ("norm_blocks", NormBlocks(picture));
        }
        if (maps.Best is not null) yield return ("pca", Pca(picture, pixels));
        if (_plan.Has(InsightParts.Attention))
        {
            yield return ("attn", Attention(picture));
            yield return ("sink", Sink(picture));
            yield return ("rollout", Rollout(picture, pixels));
        }
        if (picture.Found is not null) yield return ("lost", Lost(picture, pixels));
    }

    /// <summary>Eight pictures beside each other's maps.</summary>
    public Sheet Overview(IEnumerable<(PictureStudy Picture, RgbImage Pixels)> pictures)
    {
        int columns = 1 + (_plan.Has(InsightParts.Norms) ? 1 : 0) + (maps.Best is null ? 0 : 1) + (_plan.Has(InsightParts.Attention) ? 1 : 0) + (_plan.Measures(InsightParts.Lost) ? 1 : 0);
        Sheet sheet = new(TileOf(Tile / 2), columns);
        foreach ((PictureStudy picture, RgbImage pixels) in pictures)
        {
            sheet.Add("input", pixels);
            if (_plan.Has(InsightParts.Norms)) sheet.Add("norm", Patches(picture.Norms[^1]), _plan.Grid, maps.Insight.Norms[^1].Patches.Quantile(0.999));
            if (maps.Best is { } best) sheet.Add("pca", best.Colours(picture.Drawn!.Levels[^1].Span), _plan.Grid);
            if (_plan.Has(InsightParts.Attention)) sheet.Add("attention", picture.Drawn!.Attention[^1][0][MainQuery], _plan.Grid);
            if (picture.Found is { } found) sheet.Add("lost", pixels, (drawing, left, top) => Box(drawing, found.Box, left, top, TileOf(Tile / 2), 2, Yellow));
        }
        return sheet;
    }

    private int MainQuery => _plan.Layout.HasClassToken ? _plan.Layout.Registers : _plan.Layout.SpecialTokens;

    private ImageSize TileOf(int side) => _plan.Grid.Rows >= _plan.Grid.Columns
        ? new(side, Math.Max(1, side * _plan.Grid.Columns / _plan.Grid.Rows))
        : new(Math.Max(1, side * _plan.Grid.Rows / _plan.Grid.Columns), side);

    private ReadOnlyMemory<float> Patches(float[] tokens) => tokens.AsMemory(_plan.Layout.SpecialTokens);

    private Sheet Norm(PictureStudy picture, RgbImage pixels)
    {
        Sheet sheet = new(Size, 2);
        sheet.Add("input", pixels);
        TokenNorms norms = maps.Insight.Norms[^1].Patches;
        sheet.Add($"norm block {_plan.Depth}", Patches(picture.Norms[^1]), _plan.Grid, norms.Quantile(0.999), (drawing, left, top) =>
        {
            for (int patch = 0; patch < _plan.Grid.Patches; patch++)
            {
                if (picture.Norms[^1][_plan.Layout.SpecialTokens + patch] > norms.Cutoff) Patch(drawing, patch, left, top, White);
            }
        });
        return sheet;
    }

    private Sheet NormBlocks(PictureStudy picture)
    {
        Sheet sheet = new(Size, 4);
        foreach ((int level, float[] norms) in picture.Norms.Index()) sheet.Add(level == 0 ? "input" : $"block {level}", Patches(norms), _plan.Grid);
        return sheet;
    }

    private Sheet Pca(PictureStudy picture, RgbImage pixels)
    {
        Sheet sheet = new(Size, 5);
        IReadOnlyList<ReadOnlyMemory<float>> levels = picture.Drawn!.Levels;
        PcaMap raw = maps.Components[_plan.Depth]!, final = maps.Components[_plan.Depth + 1]!, best = maps.Best!;
        sheet.Add("input", pixels);
        sheet.Add($"block {_plan.Depth}", raw.Colours(levels[_plan.Depth].Span), _plan.Grid);
        sheet.Add("final norm", final.Colours(levels[^1].Span), _plan.Grid);
        sheet.Add("without outliers", best.Colours(levels[^1].Span), _plan.Grid);
        double[] places = best.Project(levels[^1].Span);
        float[] first = [.. Enumerable.Range(0, _plan.Grid.Patches).Select(patch => (float)(places[3 * patch] / Math.Max(best.Deviations[0], 1e-30)))];
        sheet.Add("first alone", "-3 - +3", (drawing, left, top) => drawing.Squares(left, top, Size, _plan.Grid, patch => ColourScale.Of((first[patch] + 3) / 6)));
        return sheet;
    }

    private Sheet Attention(PictureStudy picture)
    {
        DrawnPicture drawn = picture.Drawn!;
        Sheet sheet = new(Size, _plan.Network.Config.Heads + 1);
        string[] queries = [.. PageData.Queries(_plan.Layout)];
        for (int query = 0; query < queries.Length; query++)
        {
            for (int head = 0; head <= _plan.Network.Config.Heads; head++) sheet.Add($"{queries[query]} {(head == 0 ? "mean" : $"head {head}")}", drawn.Attention[^1][head][query], _plan.Grid);
        }
        foreach ((int row, float[] map) in drawn.Pool.Index()) sheet.Add(row == 0 ? "pooled query mean" : $"pooled query {row}", map, _plan.Grid);
        return sheet;
    }

    private Sheet Sink(PictureStudy picture)
    {
        Sheet sheet = new(Size, 4);
        foreach ((int block, float[][][] heads) in picture.Drawn!.Attention.Index()) sheet.Add($"received block {block + 1}", heads[0][^1], _plan.Grid);
        return sheet;
    }

    private Sheet Rollout(PictureStudy picture, RgbImage pixels)
    {
        Sheet sheet = new(Size, 2);
        float[] map = picture.Drawn!.Rollout;
        sheet.Add("rollout", map, _plan.Grid, 1);
        sheet.Add("over the picture", "0 - 1", (drawing, left, top) =>
        {
            for (int row = 0; row < Size.Height; row++)
            {
                for (int column = 0; column < Size.Width; column++)
                {
                    int patch = row * _plan.Grid.Rows / Size.Height * _plan.Grid.Columns + column * _plan.Grid.Columns / Size.Width;
                    Span<byte> pixel = pixels.Row(row * pixels.Size.Height / Size.Height).Slice(4 * (column * pixels.Size.Width / Size.Width), 3);
                    double light = 0.15 + 0.85 * map[patch];
                    drawing.Fill(left + column, top + row, 1, 1, ((byte)(pixel[0] * light), (byte)(pixel[1] * light), (byte)(pixel[2] * light)));
                }
            }
        });
        return sheet;
    }

    private Sheet Lost(PictureStudy picture, RgbImage pixels)
    {
        DiscoveredObject found = picture.Found!;
        Sheet sheet = new(Size, 3);
        sheet.Add("box seed seed box", pixels, (drawing, left, top) =>
        {
            if (boxes?.Find(picture.Name) is { } annotated)
            {
                foreach (PixelBox box in annotated.Boxes) Box(drawing, box.Scaled(annotated.Size, _plan.Network.Size), left, top, Size, 2, Cyan);
            }
            Box(drawing, found.Box, left, top, Size, 5, Black);
            Box(drawing, found.Box, left, top, Size, 3, Yellow);
            Box(drawing, found.SeedOnlyBox, left, top, Size, 2, Green);
            Patch(drawing, found.Seed, left, top, White);
        });
        sheet.Add("degree", found.Degrees.Select(degree => (float)degree).ToArray(), _plan.Grid, _plan.Grid.Patches - 1);
        sheet.Add("mask", found.Mask.Select((isMask, patch) => found.Component[patch] ? 1f : isMask ? 0.5f : 0).ToArray(), _plan.Grid, 1);
        return sheet;
    }

    private void Patch(Drawing drawing, int patch, int left, int top, (byte, byte, byte) colour)
    {
        (int row, int column) = (patch / _plan.Grid.Columns, patch % _plan.Grid.Columns);
        (int x0, int x1) = (column * Size.Width / _plan.Grid.Columns, (column + 1) * Size.Width / _plan.Grid.Columns);
        (int y0, int y1) = (row * Size.Height / _plan.Grid.Rows, (row + 1) * Size.Height / _plan.Grid.Rows);
        drawing.Outline(left + x0, top + y0, x1 - x0, y1 - y0, 2, colour);
    }

    private void Box(Drawing drawing, PixelBox box, int left, int top, ImageSize size, int line, (byte, byte, byte) colour)
    {
        PixelBox scaled = box.Scaled(_plan.Network.Size, size);
        drawing.Outline(left + (int)scaled.Left, top + (int)scaled.Top, (int)(scaled.Right - scaled.Left), (int)(scaled.Bottom - scaled.Top), line, colour);
    }
}
