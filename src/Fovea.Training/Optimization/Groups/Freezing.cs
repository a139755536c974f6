namespace Fovea.Training.Optimization;

/// <summary>Which parts of an encoder stay as they are.</summary>
internal sealed record Freezing
{
    /// <summary>Everything but the head: the embedding does not change. Default false.</summary>
    public bool Body { get; init; }

    /// <summary>With a frozen body: whether an attention pool is trained beside the head. Default false.</summary>
    public bool TrainsPool { get; init; }

    /// <summary>So many blocks from the first on, and all that comes before them; 0: only what comes before the blocks. Default null: nothing.</summary>
    public int? Layers { get; init; }

    /// <summary>Blocks, of so many, that are frozen.</summary>
    public int Blocks(int depth) => Body ? depth : Math.Min(Layers ?? 0, depth);

    /// <summary>Whether a parameter of an encoder with a head is trained.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="depth">Blocks of the encoder.</param>
    public bool Trains(string key, int depth)
    {
        if (Body) return key.StartsWith("classifier.", StringComparison.Ordinal) || (TrainsPool && key.StartsWith("attn_pool.", StringComparison.Ordinal));
        return Layers is not { } layers || EncoderLayers.Of(key, depth) > Math.Min(layers, depth);
    }
}
