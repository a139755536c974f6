namespace Fovea.Training.Evaluation;

/// <summary>What a linear probe sees of the features; the numbers come from the training samples.</summary>
internal enum ProbeScaling
{
    /// <summary>The features as they are.</summary>
    None,

    /// <summary>Each feature less its mean, divided by its deviation: the batch norm without parameters that is put before a linear head (He et al. 2022, appendix A.1).</summary>
    Standardized,
}
