namespace Fovea.Training.Runs.Health;

/// <summary>How long a run is meant to be: what is normal at its beginning is not at its end.</summary>
/// <param name="Steps">All optimiser steps.</param>
/// <param name="WarmupSteps">Those in which the learning rate rises.</param>
internal readonly record struct RunLength(long Steps, long WarmupSteps);
