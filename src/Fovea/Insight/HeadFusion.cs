namespace Fovea;

/// <summary>How the heads of a block become one map in <see cref="AttentionMap.Rollout"/>.</summary>
public enum HeadFusion
{
    /// <summary>The largest weight of any head; the reference's default.</summary>
    Max,

    /// <summary>The mean over heads, as Abnar and Zuidema 2020 have it.</summary>
    Mean,

    /// <summary>The smallest weight of any head.</summary>
    Min,
}
