namespace Fovea;

/// <summary>What <see cref="ObjectDiscovery"/> found in one picture, with every step of it. Patches are numbered row by row.</summary>
public sealed record DiscoveredObject
{
    /// <summary>Around the object, in the pixels of the picture that the network saw.</summary>
    public required PixelBox Box { get; init; }

    /// <summary>The box without expansion, for comparison: around the patches that are like the seed alone.</summary>
    public required PixelBox SeedOnlyBox { get; init; }

    /// <summary>The patch that is like fewest others; of several the first.</summary>
    public required int Seed { get; init; }

    /// <summary>Of each patch, how many others are like it: similarity above 0. [patches]</summary>
    public required IReadOnlyList<int> Degrees { get; init; }

    /// <summary>Patches of small degree that are like the seed, itself among them, in the order of degree and number; empty when a negative bias leaves none.</summary>
    public required IReadOnlyList<int> Expansion { get; init; }

    /// <summary>Whether a patch is like the expansion as a whole. [patches]</summary>
    public required IReadOnlyList<bool> Mask { get; init; }

    /// <summary>The part of the mask that is connected with the seed: the object. [patches]</summary>
    public required IReadOnlyList<bool> Component { get; init; }

    /// <summary>The bias that was added.</summary>
    public required double Bias { get; init; }

    /// <summary>The share of positive similarities between different patches.</summary>
    public required double PositiveShare { get; init; }

    /// <summary>Whether similarities have both signs, 5 to 95 % of them positive: else the method has nothing to go by, and its box means little.</summary>
    public bool IsMeaningful => PositiveShare is >= 0.05 and <= 0.95;
}
