using Fovea.Training.Networks;
using Fovea.Training.Tensors;
using static TorchSharp.torch;

namespace Fovea.Training.Pretraining;

/// <summary>
/// The predictor of I-JEPA (Assran et al. 2023, sec. 3, "Prediction"): from the tokens of a context and the positions of a target block, the target
/// encoder's tokens there. Always layer norm and exact GELU, whatever the encoder has.
/// </summary>
internal sealed class Predictor
{
    private const double Epsilon = 1e-6;

    private readonly Tensor _maskToken;                                            // [1, 1, width]
    private readonly Tensor _positions;                                            // [patches, width], not trained
    private readonly Linear _embed, _project;
    private readonly TransformerBlock[] _blocks;
    private readonly Norm _norm;

    /// <param name="config">Its numbers.</param>
    /// <param name="parameters">Every parameter of <see cref="PredictorConfig.Contract"/>.</param>
    /// <param name="positions">[patches, width], float32.</param>
    public Predictor(PredictorConfig config, ParameterScope parameters, Tensor positions)
    {
        _maskToken = parameters["mask_token"];
        _positions = positions;
        _embed = new Linear(parameters.Below("predictor_embed"));
        _blocks = [.. Enumerable.Range(0, config.Depth).Select(block => BlockOf(config, parameters.Below($"encoder.block.{block}")))];
        _norm = new Norm(parameters.Below("norm"), NormType.LayerNorm, Epsilon);
        _project = new Linear(parameters.Below("predictor_proj"));
    }

    /// <summary>Predicts every target block from every context.</summary>
    /// <param name="context">The context encoder's tokens without special ones, [contexts * batch, kept, encoder width]; context blocks are the slower index.</param>
    /// <param name="contextPatches">Their patch numbers, [contexts * batch, kept].</param>
    /// <param name="targetPatches">The patch numbers of the target blocks, [targets, batch, size].</param>
    /// <returns>[targets * contexts * batch, size, encoder width]: the target block is the slowest index, then the context block.</returns>
    public Tensor Forward(Tensor context, Tensor contextPatches, Tensor targetPatches)
    {
        Residual x = new(Sequence(context, contextPatches, targetPatches));
        for (int block = 0; block < _blocks.Length; block++)
        {
            // The last block's outputs at the context are asked for by nobody.
            Residual next = _blocks[block].Forward(x, first: block == _blocks.Length - 1 ? context.shape[1] : 0);
            x.Free();
            x = next;
        }
        return _project.Forward(_norm.Forward(x, _project.Type).Normalised);
    }

    /// <summary>The input of the first block: context tokens, then a mask token for each patch of a target, all with their positions.</summary>
    /// <returns>[targets * contexts * batch, kept + size, width].</returns>
    public Tensor Sequence(Tensor context, Tensor contextPatches, Tensor targetPatches)
    {
        long targets = targetPatches.shape[0], batch = targetPatches.shape[1], size = targetPatches.shape[2];
        long contexts = context.shape[0] / batch, width = _positions.shape[1];
        Tensor seen = _embed.Forward(context).Plus(Positions(contextPatches));                                       // [contexts * batch, kept, width]
        Tensor masked = _maskToken.Plus(Positions(targetPatches.view(targets * batch, size)));                       // [targets * batch, size, width]
        Tensor maskedForEach = masked.view(targets, 1, batch, size, width).expand(-1, contexts, -1, -1, -1).reshape(targets * contexts * batch, size, width);
        return cat([seen.repeat(targets, 1, 1), maskedForEach], 1);
    }

    private Tensor Positions(Tensor patches) => _positions.index_select(0, patches.flatten()).view(patches.shape[0], patches.shape[1], -1);

    private static TransformerBlock BlockOf(PredictorConfig config, ParameterScope parameters) => new(
        parameters,
        new Attention(parameters.Below("attn"), config.Heads, NormType.LayerNorm, Epsilon),
        new FeedForward(parameters.Below("mlp"), Activation.Gelu),
        NormType.LayerNorm,
        Epsilon);
}
