namespace Fovea.Training.Networks;

/// <summary>What matrix products are computed in. Everything else (residual stream, norms, losses, moments, averages, the parameters themselves) is float32.</summary>
internal enum ComputeType
{
    Float32,

    /// <summary>Products of bfloat16 values with float32 sums: half the memory traffic, twice the speed where the processor has the instructions.</summary>
    BFloat16,
}
