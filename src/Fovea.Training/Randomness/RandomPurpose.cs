namespace Fovea.Training.Randomness;

/// <summary>What random numbers are for: streams of different purposes never share a number. The values are part of what makes a run repeatable; never change one.</summary>
internal enum RandomPurpose
{
    /// <summary>Start values of parameters; place: the parameter's number.</summary>
    Initialization = 1,

    /// <summary>The order of an epoch; time: the epoch.</summary>
    EpochOrder = 2,

    /// <summary>The random part of a source with a fractional factor; time: the epoch, place: the source.</summary>
    SourceShare = 3,

    /// <summary>Crop, operations and flip of one picture; time: the epoch, place: its position in the epoch.</summary>
    Augmentation = 4,

    /// <summary>Block sizes of a global batch; time: the global step.</summary>
    MaskSizes = 5,

    /// <summary>Block places of one picture; time: the global step, place: its position in the global batch.</summary>
    MaskPlaces = 6,

    /// <summary>Stochastic depth; time: the global step, place: the block.</summary>
    DropPath = 7,

    /// <summary>Which samples an evaluation draws; time: the repetition.</summary>
    Evaluation = 8,

    /// <summary>Mixup and cutmix; time: the global step.</summary>
    Mixing = 9,

    /// <summary>Drawn pictures; place: the picture.</summary>
    Shapes = 10,

    /// <summary>The order of an epoch in which samples have weights; time: the epoch.</summary>
    WeightedOrder = 20,
}
