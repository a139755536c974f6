using System.Collections.Immutable;

namespace Fovea.Networks;

/// <summary>The numbers of a single-stage detector on a plain encoder: simple feature pyramid (Li et al. 2022, ViTDet) and FCOS head (Tian et al. 2019).</summary>
internal sealed record DetectorConfig
{
    /// <summary>Groups of the head's norms, as in the reference.</summary>
    public const int Groups = 32;

    private const int MostConvolutions = 64;

    /// <summary>Levels of the pyramid: P3 to P7.</summary>
    public const int Levels = 5;

    /// <summary>Channels of pyramid and towers; a multiple of 32. Default 256, the reference's.</summary>
    public int Width { get; init; } = 256;

    /// <summary>Convolutions of each tower. Default 4, the reference's.</summary>
    public int Depth { get; init; } = 4;

    /// <summary>Whether the encoder's final norm stands before the pyramid: better for frozen encoders, whose tokens differ much in size. Default false: as the reference.</summary>
    public bool NormsFeatures { get; init; }

    /// <summary>What the classes are numbered by in annotation and result files: one for each class, in the order of the head's outputs.</summary>
    public ImmutableArray<long> CategoryIds { get; init; } = [];

    /// <summary>The map of each level, from fine to coarse: twice the encoder's, its own, half of it, and each half of the one before.</summary>
    /// <param name="encoder">Rows and columns of patches.</param>
    public static PatchGrid[] GridsOf(PatchGrid encoder)
    {
        PatchGrid p5 = new(encoder.Rows / 2, encoder.Columns / 2), p6 = Halved(p5);
        return [new(2 * encoder.Rows, 2 * encoder.Columns), encoder, p5, p6, Halved(p6)];
    }

    /// <summary>Pixels of a cell of each level where its map divides the input: 8, 16, 32, 64, 128 for patches of 16.</summary>
    public static int[] CellSizesOf(int patchSize) => [.. Enumerable.Range(-1, Levels).Select(power => power < 0 ? patchSize / 2 : patchSize << power)];

    /// <summary>Looks whether an encoder can carry the detector.</summary>
    /// <exception cref="ArgumentException">It cannot; the sentence says why.</exception>
    public void Check(VitNetwork encoder)
    {
        if (Width is < Groups or > VitNetworkRules.LargestNumber || Width % Groups != 0) throw new ArgumentException($"a detector of width {Width} cannot be; it is a multiple of {Groups} up to {VitNetworkRules.LargestNumber}.");
        if (Depth is < 1 or > MostConvolutions) throw new ArgumentException($"towers of {Depth} convolutions cannot be; they have 1 to {MostConvolutions}.");
        if (encoder.Channels != 3) throw new ArgumentException($"a detector sees colour pictures, and the encoder has {encoder.Channels} channels; take one of 3.");
        if (encoder.Config.PatchSize % 2 != 0) throw new ArgumentException($"patches of {encoder.Config.PatchSize} pixels cannot be halved for the finest level; take an encoder with an even patch size.");
        if (encoder.Grid.Rows < 2 || encoder.Grid.Columns < 2) throw new ArgumentException($"pictures of {encoder.Size} have fewer than 2 x 2 patches, too few for a pyramid; make them larger.");
        if (NormsFeatures && !encoder.NormsTokens) throw new ArgumentException("the encoder has no final norm over its tokens; set norms_features to false.");
    }

    public bool Equals(DetectorConfig? other) =>
        other is not null && (Width, Depth, NormsFeatures) == (other.Width, other.Depth, other.NormsFeatures) && CategoryIds.SequenceEqual(other.CategoryIds);

    public override int GetHashCode() => HashCode.Combine(Width, Depth, NormsFeatures, CategoryIds.Length);

    private static PatchGrid Halved(PatchGrid grid) => new((grid.Rows + 1) / 2, (grid.Columns + 1) / 2);
}
