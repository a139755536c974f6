namespace Fovea.Training.Evaluation;

/// <summary>Collects samples as they come, then gives the set. Not safe to use from several threads.</summary>
/// <param name="feature">Which features these are: `avg`, `pixels`.</param>
/// <param name="classes">Names of the classes, or nothing.</param>
internal sealed class FeatureSetBuilder(string feature, IReadOnlyList<string> classes)
{
    private readonly List<int> _labels = [];
    private readonly List<string> _names = [];
    private float[] _values = [];
    private int _width;

    /// <summary>Adds a sample.</summary>
    /// <param name="name">What messages call it.</param>
    /// <param name="label">Its class, from 0; null where it is not known.</param>
    /// <param name="features">As many numbers as every other sample has; copied.</param>
    /// <exception cref="ArgumentException">The features are not as many.</exception>
    /// <exception cref="EvaluationException">The label is no class.</exception>
    public void Add(string name, long? label, ReadOnlySpan<float> features)
    {
        if (_width == 0) _width = features.Length;
        if (features.Length != _width)
        {
            throw new ArgumentException($"{name} has {features.Length} features, and samples before it have {_width}; give all from one model.", nameof(features));
        }
        int used = _width * _names.Count;
        if (_values.Length < used + _width) Array.Resize(ref _values, (int)Math.Min(Array.MaxLength, Math.Max(2L * _values.Length, used + 64L * _width)));
        features.CopyTo(_values.AsSpan(used));
        _labels.Add(label is null or FeatureSet.Unlabelled ? FeatureSet.Unlabelled : Label(name, label.Value));
        _names.Add(name);
    }

    /// <summary>The set of the samples added so far.</summary>
    /// <exception cref="EvaluationException">None was added, or a feature is not finite.</exception>
    public FeatureSet Build()
    {
        if (_names.Count == 0) throw EvaluationThrow.TooFewSamples("an evaluation", 1, 0);
        Array.Resize(ref _values, _width * _names.Count);
        return new(new FeatureMatrix(_values, _width), [.. _labels], classes, [.. _names]) { Feature = feature };
    }

    private int Label(string name, long label) =>
        label >= 0 && label < (classes.Count > 0 ? classes.Count : int.MaxValue) ? (int)label : throw EvaluationThrow.LabelOutOfRange(name, label, classes.Count);
}
