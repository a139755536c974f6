using Fovea.Training.Networks;

namespace Fovea.Training.Pretraining;

/// <summary>The trained networks as one thread uses them: the values are everyone's, the gradients its own.</summary>
internal sealed record JepaShard(int Number, VitModule ContextEncoder, Predictor Predictor);
