using System.Globalization;
using System.Text.RegularExpressions;
using Fovea.Checkpoints;
using Fovea.Networks;
using Fovea.Training.Randomness;

namespace Fovea.Training.Networks;

/// <summary>The values that parameters begin with: a function of the seed and of each parameter's number alone.</summary>
/// <param name="scheme">Whose rules.</param>
/// <param name="seed">The run's seed.</param>
internal sealed partial class StartValues(StartValueScheme scheme, ulong seed)
{
    private const double Deviation = 0.02;
    private const double GateDeviation = 1e-6;
    private const double HeadDeviation = 0.01, ForegroundProbability = 0.01;

    /// <summary>Values for an encoder.</summary>
    /// <param name="network">The network, perhaps with a head.</param>
    /// <param name="resetsHead">Whether a linear head is drawn, uniform within `width^-1/2`, as the reference does for another list of classes; else it is 0, as the reference constructs one.</param>
    public Dictionary<string, Weight> OfEncoder(VitNetwork network, bool resetsHead = false) => Of(VitParameters.Of(network), firstNumber: 0, (key, shape, fanIn) => Encoder(network, key, shape, fanIn, resetsHead));

    /// <summary>Values for a predictor, whose parameters are numbered behind the encoder's.</summary>
    /// <param name="contract">The predictor's keys and shapes.</param>
    /// <param name="encoderParameters">How many parameters the encoder has.</param>
    public Dictionary<string, Weight> OfPredictor(IReadOnlyList<Parameter> contract, int encoderParameters) => Of(contract, encoderParameters, Predictor);

    /// <summary>Values for pyramid and head of a detector, whose parameters are numbered behind the encoder's.</summary>
    /// <param name="contract">Their keys and shapes.</param>
    /// <param name="encoderParameters">How many parameters the encoder has.</param>
    public Dictionary<string, Weight> OfDetector(IReadOnlyList<Parameter> contract, int encoderParameters) => Of(contract, encoderParameters, Detector);

    private Dictionary<string, Weight> Of(IReadOnlyList<Parameter> contract, int firstNumber, Func<string, TensorShape, long, Rule> ruleOf)
    {
        Dictionary<string, TensorShape> shapes = contract.ToDictionary(parameter => parameter.Key, parameter => parameter.Shape);
        Weight[] values = new Weight[contract.Count];
        Parallel.For(0, contract.Count, number =>
        {
            (string key, TensorShape shape) = contract[number];
            string weight = key.EndsWith(".bias", StringComparison.Ordinal) ? $"{key[..^"bias".Length]}weight" : key;
            TensorShape matrix = shapes.GetValueOrDefault(weight, shape);
            long fanIn = matrix.ElementCount / Math.Max(1, matrix[0]);
            values[number] = new Weight(shape, Draw(ruleOf(key, shape, fanIn), shape.ElementCount, firstNumber + number));
        });
        return contract.Zip(values).ToDictionary(pair => pair.First.Key, pair => pair.Second);
    }

    private Rule Encoder(VitNetwork network, string key, TensorShape shape, long fanIn, bool resetsHead)
    {
        bool isBias = key.EndsWith(".bias", StringComparison.Ordinal);
        if (key is "class_token" or "reg_tokens") return Rule.Constant(0);
        if (key.StartsWith("classifier.", StringComparison.Ordinal) && !network.Config.HasMlpHead) return resetsHead ? Rule.Uniform(Math.Pow(fanIn, -0.5)) : Rule.Constant(0);
        if (key is PositionTable.Key || key.EndsWith(".slot_embeds", StringComparison.Ordinal)) return Rule.Normal(Deviation);
        if (IsNorm().IsMatch(key)) return Rule.Constant(isBias ? 0 : 1);
        if (key.EndsWith(".gamma", StringComparison.Ordinal)) return Rule.Constant(network.Config.LayerScale!.Value);
        if (key == "attn_pool.latent") return Rule.Normal(network.Config.AttentionPool == AttentionPoolType.EfficientProbing ? Deviation : Math.Pow(network.Config.Width, -0.5));
        if (shape.Rank == 1 && !isBias) return Rule.Constant(0.25);                          // the slope of PReLU, as torch has it
        if (key.Contains(".fc1_g.", StringComparison.Ordinal)) return isBias ? Rule.Constant(1) : Rule.Normal(GateDeviation);
        if (scheme == StartValueScheme.Paper) return isBias ? Rule.Constant(0) : Rule.Normal(Deviation * DepthFactor(key));
        if (key.StartsWith("conv_proj.", StringComparison.Ordinal)) return isBias ? Rule.Constant(0) : Rule.Normal(Math.Pow(fanIn, -0.5));
        return Rule.Uniform(Math.Pow(fanIn, -0.5));
    }

    private Rule Predictor(string key, TensorShape shape, long fanIn)
    {
        bool isBias = key.EndsWith(".bias", StringComparison.Ordinal);
        if (key == "mask_token") return scheme == StartValueScheme.Paper ? Rule.Normal(Deviation) : Rule.Constant(0);
        if (IsNorm().IsMatch(key)) return Rule.Constant(isBias ? 0 : 1);
        if (isBias) return Rule.Constant(0);
        return Rule.Normal(scheme == StartValueScheme.Paper ? Deviation * DepthFactor(key) : Deviation);
    }

    // Head: Lin et al. 2017 (focal loss), sec. 4.1, so that at first every place says background with probability 0.99. Pyramid: uniform, keeping the variance.
    private static Rule Detector(string key, TensorShape shape, long fanIn)
    {
        bool isBias = key.EndsWith(".bias", StringComparison.Ordinal);
        if (IsNorm().IsMatch(key)) return Rule.Constant(isBias ? 0 : 1);
        if (key == $"{DetectorParameters.HeadPrefix}class_logits.bias") return Rule.Constant(-Math.Log((1 - ForegroundProbability) / ForegroundProbability));
        if (isBias) return Rule.Constant(0);
        return key.StartsWith(DetectorParameters.HeadPrefix, StringComparison.Ordinal) ? Rule.Normal(HeadDeviation) : Rule.Uniform(Math.Sqrt(3.0 / fanIn));
    }

    private static double DepthFactor(string key) => OutputMatrix().Match(key) is { Success: true } match
        ? 1 / Math.Sqrt(2.0 * (int.Parse(match.Groups["block"].ValueSpan, CultureInfo.InvariantCulture) + 1))
        : 1;

    private float[] Draw(Rule rule, long count, int number)
    {
        float[] values = new float[count];
        if (rule.Kind == RuleKind.Constant)
        {
            Array.Fill(values, (float)rule.Size);
            return values;
        }
        RandomStream random = new(seed, RandomPurpose.Initialization, place: number);
        for (long index = 0; index < count; index++) values[index] = (float)(rule.Kind == RuleKind.Normal ? rule.Size * random.NextNormal() : random.NextUniform(-rule.Size, rule.Size));
        return values;
    }

    [GeneratedRegex(@"(^|[._])norm\d?\.(weight|bias)$|\.pre_block\.0\.(weight|bias)$|^classifier\.2\.(weight|bias)$")]
    private static partial Regex IsNorm();

    [GeneratedRegex(@"encoder\.block\.(?<block>\d+)\.(attn\.proj|mlp\.3|mlp\.fc2)\.weight$")]
    private static partial Regex OutputMatrix();

    private enum RuleKind
    {
        Constant,
        Normal,
        Uniform,
    }

    private readonly record struct Rule(RuleKind Kind, double Size)
    {
        public static Rule Constant(double value) => new(RuleKind.Constant, value);

        public static Rule Normal(double deviation) => new(RuleKind.Normal, deviation);

        public static Rule Uniform(double limit) => new(RuleKind.Uniform, limit);
    }
}
