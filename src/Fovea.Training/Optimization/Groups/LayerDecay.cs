namespace Fovea.Training.Optimization;

/// <summary>Learning rates that fall from the head of an encoder to its first layer (Clark et al. 2020, section 3; Bao et al. 2022): early layers of a pre-trained encoder need to change least.</summary>
internal sealed record LayerDecay
{
    /// <summary>What a layer's rate is divided by on the way to the layer before it, as a factor. Default 1: all rates are equal.</summary>
    public double Factor { get; init; } = 1;

    /// <summary>The least scale. Default 0.</summary>
    public double MinScale { get; init; }

    /// <summary>Layers with a smaller scale are not trained at all. Default null: all are.</summary>
    public double? SmallestTrained { get; init; }

    /// <summary>Scales of parameters whose name contains a text, in the place of their layer's; the first that fits counts. Default none.</summary>
    public IReadOnlyList<NamedScale> Named { get; init; } = [];

    /// <summary>The learning rate of every bias, before any scale. Default null: that of its layer.</summary>
    public double? BiasRate { get; init; }

    /// <summary>The scale of a layer: `max(least, factor^(last - layer))`.</summary>
    /// <param name="layer">From 0.</param>
    /// <param name="last">The layer whose scale is 1.</param>
    public double ScaleOf(int layer, int last) => Math.Max(MinScale, Math.Pow(Factor, last - layer));

    /// <summary>Whether a parameter is trained.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="depth">Blocks of the encoder.</param>
    /// <param name="last">The layer whose scale is 1: depth + 1 with a head, depth for an encoder inside of a detector.</param>
    public bool Trains(string key, int depth, int last) => SmallestTrained is not { } smallest || Scale(key, depth, last) >= smallest;

    /// <summary>Groups with their learning rates.</summary>
    /// <param name="groups">Parameters of the encoder.</param>
    /// <param name="depth">Blocks of the encoder.</param>
    /// <param name="last">The layer whose scale is 1.</param>
    /// <param name="baseRate">The main learning rate.</param>
    /// <exception cref="ArgumentException">A number is outside of its range.</exception>
    public IReadOnlyList<ParameterGroup> Apply(IReadOnlyList<ParameterGroup> groups, int depth, int last, double baseRate)
    {
        ScheduleRules.Require(Factor is > 0 and <= 1, $"the layer decay is {Factor}; it is above 0 and at most 1, which leaves all rates equal.");
        ScheduleRules.Require(MinScale is >= 0 and <= 1, $"the least scale of a layer is {MinScale}; it is a share from 0 to 1.");
        ScheduleRules.Require(BiasRate is null or >= 0, $"the learning rate of biases is {BiasRate}; it is 0 or more.");
        return [.. groups.Select(group => group with
        {
            RateScale = BiasRate is { } rate && group.Name.EndsWith(".bias", StringComparison.Ordinal) ? rate / baseRate : Scale(group.Name, depth, last),
        })];
    }

    private double Scale(string key, int depth, int last) =>
        Named.FirstOrDefault(named => key.Contains(named.Contains, StringComparison.Ordinal))?.Scale ?? ScaleOf(Math.Min(last, EncoderLayers.Of(key, depth)), last);
}

/// <summary>A scale of the learning rate for parameters by name.</summary>
/// <param name="Contains">What the whole name contains, compared exactly.</param>
/// <param name="Scale">What the learning rate is multiplied by.</param>
internal sealed record NamedScale(string Contains, double Scale);
