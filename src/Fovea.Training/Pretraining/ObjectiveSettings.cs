namespace Fovea.Training.Pretraining;

/// <summary>What targets are normalised with.</summary>
internal enum TargetNorm
{
    /// <summary>Each token over its channels, as in Assran et al. 2023 and the reference.</summary>
    Token,

    /// <summary>Each channel over all tokens of the batch: what all tokens have in common is no target, and a channel that shrinks is as important as before.</summary>
    Batch,
}

/// <summary>
/// The loss. The defaults are those of article and reference, which let small encoders collapse in short runs: every token of every picture becomes alike,
/// and easy to predict. The other fields are against that.
/// </summary>
internal sealed record ObjectiveSettings
{
    /// <summary>What targets are normalised with. Default token.</summary>
    public TargetNorm TargetNorm { get; init; }

    /// <summary>How much <see cref="SpreadLoss.Variance"/> weighs beside the prediction. Default 0; Mo and Tong 2024 (C-JEPA) use it.</summary>
    public double VarianceWeight { get; init; }

    /// <summary>How much <see cref="SpreadLoss.Covariance"/> weighs beside the prediction. Default 0; a 25th of the other in Bardes et al. 2022.</summary>
    public double CovarianceWeight { get; init; }

    /// <summary>Whether the loss looks at the spread of embeddings.</summary>
    internal bool HasSpread => VarianceWeight != 0 || CovarianceWeight != 0;

    /// <exception cref="ArgumentException">A weight is negative.</exception>
    internal void Check()
    {
        if (!(VarianceWeight >= 0 && CovarianceWeight >= 0)) throw new ArgumentException($"the weights of variance and covariance are {VarianceWeight} and {CovarianceWeight}; they cannot be below 0.");
    }
}
