namespace Fovea.Training.Optimization;

/// <summary>
/// Which parameters have a weight decay of their own; the others have the main one. The first rule that applies counts, in the order of the members. The defaults
/// are those of the flagship's documented command: norms are not decayed, but biases, registers, positions and the mask token are.
/// </summary>
internal sealed record WeightDecayRules
{
    /// <summary>Parameters whose name contains a text. Default none.</summary>
    public IReadOnlyList<NamedDecay> Named { get; init; } = [];

    /// <summary>Parameters called `bias`, those of norms too. Default null: no rule.</summary>
    public double? Biases { get; init; }

    /// <summary>Class token, registers, mask token, positions. Default null: no rule.</summary>
    public double? Embeddings { get; init; }

    /// <summary>Weights and biases of norms. Default 0.</summary>
    public double? Norms { get; init; } = 0;

    /// <summary>Whether parameters with one axis, and those with `bias` in their name, are not decayed: the published rule (Assran et al. 2023, the authors' code). Default false.</summary>
    public bool SparesOneAxis { get; init; }
}

/// <summary>A weight decay for parameters by name.</summary>
/// <param name="Contains">What the whole name contains, compared exactly.</param>
/// <param name="Decay">Their weight decay.</param>
internal sealed record NamedDecay(string Contains, double Decay);
