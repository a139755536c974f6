using static TorchSharp.torch;

namespace Fovea.Training.Pretraining;

/// <summary>What one forward pass of I-JEPA gives. B pictures, nE context blocks, nP target blocks, K patches a target, C numbers a token.</summary>
/// <param name="Loss">The mean smooth L1 distance, a scalar.</param>
/// <param name="Predictions">[nP * nE * B, K, C].</param>
/// <param name="Targets">[nP * nE * B, K, C], float32.</param>
/// <param name="NormalisedTokens">The target encoder's tokens of all patches after layer norm without weights, [B, patches, C].</param>
/// <param name="Spread">What the objective adds for the spread of the whole batch's embeddings, a scalar; null: nothing.</param>
internal sealed record JepaOutputs(Tensor Loss, Tensor Predictions, Tensor Targets, Tensor NormalisedTokens, Tensor? Spread = null)
{
    /// <summary>The same numbers without graph, in no dispose scope.</summary>
    public JepaOutputs Detached() => Map(tensor => tensor.detach().DetachFromDisposeScope());

    /// <summary>Every tensor replaced.</summary>
    public JepaOutputs Map(Func<Tensor, Tensor> of) => new(of(Loss), of(Predictions), of(Targets), of(NormalisedTokens), Spread is null ? null : of(Spread));
}
