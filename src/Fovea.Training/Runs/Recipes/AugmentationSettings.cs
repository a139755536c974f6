namespace Fovea.Training.Runs.Recipes;

/// <summary>Placeholder until Data lands.</summary>
internal sealed record AugmentationSettings;
