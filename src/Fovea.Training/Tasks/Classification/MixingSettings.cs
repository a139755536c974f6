namespace Fovea.Training.Tasks;

/// <summary>Whether pictures of a batch are mixed with one another. With both kinds on, a third of the batches is left as it is.</summary>
internal sealed record MixingSettings
{
    /// <summary>Mixup (Zhang et al. 2018): the share of the other picture comes from Beta(alpha, alpha). Default null: off.</summary>
    public double? MixupAlpha { get; init; }

    /// <summary>CutMix (Yun et al. 2019): a rectangle of the other picture is pasted. Default false.</summary>
    public bool CutMix { get; init; }
}
