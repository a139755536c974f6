namespace Fovea.Training.Pretraining;

/// <summary>A context block and how it came about.</summary>
/// <param name="Block">The whole block.</param>
/// <param name="Visible">Its patches without the targets that it avoids: what is left before the cut.</param>
/// <param name="Attempts">How often it was placed until enough was visible.</param>
/// <param name="TargetsGivenUp">Targets, counted from the last, that the reference's sampler no longer avoids: the context shows what is to be predicted. 0 in the unbiased sampler.</param>
internal readonly record struct PlacedContext(Block Block, int Visible, int Attempts, int TargetsGivenUp);
