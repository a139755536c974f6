namespace Fovea.Training.Data;

/// <summary>What happens to a picture between its crop and its normalisation.</summary>
internal enum AugmentationPolicy
{
    /// <summary>The reference's own: operations of a level from 0 to 10, then a flip. Level 0 is the plain resize, without crop or flip.</summary>
    Birder,

    /// <summary>The crop alone, as I-JEPA was published (Assran et al. 2023): no operation, no flip.</summary>
    NonePaper,
}
