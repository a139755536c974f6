namespace Fovea.Checkpoints;

/// <summary>Something that a model file may not tell and its user then has to.</summary>
internal enum ModelFact
{
    /// <summary>The registered name of its network.</summary>
    Network,

    /// <summary>The picture size that it was trained with.</summary>
    ImageSize,
}
