namespace Fovea.Training.Evaluation;

/// <summary>What patches are compared by.</summary>
internal enum PatchFeature
{
    /// <summary>Keys of a block's attention: LOST's own choice, and that of DINOv2.</summary>
    Keys,

    /// <summary>Queries.</summary>
    Queries,

    /// <summary>Values: for DeiT III and OpenCLIP.</summary>
    Values,

    /// <summary>What the block gives; of the last block after the final norm.</summary>
    Outputs,
}
