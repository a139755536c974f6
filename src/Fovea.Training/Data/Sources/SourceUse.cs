namespace Fovea.Training.Data;

/// <summary>What data are for: which split is taken where none is named.</summary>
internal enum SourceUse
{
    /// <summary>`training`, else `train`.</summary>
    Training,

    /// <summary>`test`, else `val`, else `validation`.</summary>
    Test,

    /// <summary>`val`, else `validation`: what chooses a model is never the test.</summary>
    Validation,

    /// <summary>Every split, in the order of the file.</summary>
    All,
}
