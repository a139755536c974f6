using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Training.Pretraining;

/// <summary>What a forward pass over a batch gave that was divided among threads. Its tensors belong to the dispose scope of the caller.</summary>
/// <param name="Parts">One for each share of the batch, in the batch's order.</param>
internal sealed record JepaBatch(IReadOnlyList<JepaOutputs> Parts)
{
    /// <summary>The mean loss over the batch.</summary>
    public double Loss => Parts.Sum(part => part.Loss.ToDouble() * Pictures(part)) / Parts.Sum(Pictures);

    /// <summary>As if the batch had not been divided; copies everything.</summary>
    public JepaOutputs Join() => Parts.Count == 1 ? Parts[0] : new(
        tensor((float)Loss),
        JoinBlocks(part => part.Predictions),
        JoinBlocks(part => part.Targets),
        cat([.. Parts.Select(part => part.NormalisedTokens)], 0),
        Parts[0].Spread);

    // Blocks are the slower index, pictures the faster one: [blocks * pictures, K, C].
    private Tensor JoinBlocks(Func<JepaOutputs, Tensor> of) =>
        cat([.. Parts.Select(part => of(part).view(-1, Pictures(part), of(part).shape[1], of(part).shape[2]))], 1).flatten(0, 1);

    private static long Pictures(JepaOutputs part) => part.NormalisedTokens.shape[0];
}
