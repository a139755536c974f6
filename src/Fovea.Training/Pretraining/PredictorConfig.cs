using System.Globalization;
using Fovea.Networks;

namespace Fovea.Training.Pretraining;

/// <summary>The numbers of a predictor: a small Vision Transformer that guesses the tokens of target blocks from those of a context (Assran et al. 2023, sec. 3).</summary>
/// <param name="Depth">Blocks.</param>
/// <param name="Width">Numbers of one token; a multiple of 4, at least 8.</param>
/// <param name="Heads">Attention heads; they divide the width.</param>
internal sealed record PredictorConfig(int Depth, int Width, int Heads)
{
    /// <summary>The key of the table of positions, which checkpoints hold and nothing trains.</summary>
    public const string PositionsKey = "pos_embedding";

    public int MlpWidth => 4 * Width;

    /// <summary>Every key and shape in the reference's order, without the table of positions.</summary>
    /// <param name="encoderWidth">Numbers of an encoder's token.</param>
    public IReadOnlyList<Parameter> Contract(int encoderWidth)
    {
        List<Parameter> contract = [new("mask_token", new TensorShape(1, 1, Width))];
        AddLinear("predictor_embed", Width, encoderWidth);
        for (int block = 0; block < Depth; block++)
        {
            string prefix = string.Create(CultureInfo.InvariantCulture, $"encoder.block.{block}");
            AddNorm($"{prefix}.norm1");
            AddLinear($"{prefix}.attn.qkv", 3 * Width, Width);
            AddLinear($"{prefix}.attn.proj", Width, Width);
            AddNorm($"{prefix}.norm2");
            AddLinear($"{prefix}.mlp.0", MlpWidth, Width);
            AddLinear($"{prefix}.mlp.3", Width, MlpWidth);
        }
        AddNorm("norm");
        AddLinear("predictor_proj", encoderWidth, Width);
        return contract;

        void AddLinear(string prefix, int outputs, int inputs)
        {
            contract.Add(new($"{prefix}.weight", new TensorShape(outputs, inputs)));
            contract.Add(new($"{prefix}.bias", new TensorShape(outputs)));
        }

        void AddNorm(string prefix)
        {
            contract.Add(new($"{prefix}.weight", new TensorShape(Width)));
            contract.Add(new($"{prefix}.bias", new TensorShape(Width)));
        }
    }
}
