namespace Fovea.Training.Kernels;

/// <summary>The numbers of one attention, and where things lie in its input and output.</summary>
/// <param name="Batch">Pictures.</param>
/// <param name="Tokens">Tokens of each: keys and values.</param>
/// <param name="Heads">Heads.</param>
/// <param name="HeadSize">Numbers of a query, key or value.</param>
/// <param name="First">The first token that asks: earlier ones are asked, but have no output.</param>
internal readonly record struct AttentionShape(int Batch, int Tokens, int Heads, int HeadSize, int First)
{
    public int Width => Heads * HeadSize;

    /// <summary>Tokens that ask.</summary>
    public int Queries => Tokens - First;

    /// <summary>What scores are multiplied by: Vaswani et al. 2017, eq. 1.</summary>
    public float Scale => (float)(1 / Math.Sqrt(HeadSize));

    /// <summary>Where the queries of a head begin in [batch, tokens, 3 * width]; keys and values follow after <see cref="Width"/> each.</summary>
    public nint Input(int picture, int head) => (nint)picture * Tokens * 3 * Width + head * HeadSize;

    /// <summary>Where a head begins in [batch, queries, width].</summary>
    public nint Output(int picture, int head) => (nint)picture * Queries * Width + head * HeadSize;

    /// <summary>Where a head begins in [batch, heads, queries].</summary>
    public nint PerQuery(int picture, int head) => ((nint)picture * Heads + head) * Queries;

    // Scratch matrices are padded to whole tiles of TileProduct.
    public int PaddedTokens => TileProduct.Pad(TileProduct.Pad(Tokens, TileProduct.Rows), TileProduct.Columns);

    public int PaddedQueries => TileProduct.Pad(Queries, TileProduct.Rows);

    public int PaddedHead => TileProduct.Pad(HeadSize, TileProduct.Columns);
}
