namespace Fovea.Training.Networks;

/// <summary>How parameters begin.</summary>
internal enum StartValueScheme
{
    /// <summary>As the reference: linear layers uniform within `fan_in^-1/2`, positions normal with deviation 0.02, mask token 0; the predictor's layers normal with deviation 0.02.</summary>
    Birder,

    /// <summary>As I-JEPA's authors: normal with deviation 0.02 everywhere, the output matrices of block i (from 1) divided by `sqrt(2 i)`, biases 0.</summary>
    Paper,
}
