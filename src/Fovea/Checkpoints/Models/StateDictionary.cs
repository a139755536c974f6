using System.Collections.Frozen;
using Fovea.Networks;

namespace Fovea.Checkpoints;

/// <summary>The tensors of a model file under the network's own keys.</summary>
internal sealed class StateDictionary
{
    private const string PickledPrefix = "state.";

    private readonly Dictionary<string, CheckpointTensor> _tensors;
    private readonly Dictionary<string, CheckpointTensor> _scales = [];
    private readonly IReadOnlyDictionary<string, string> _aliases;

    private StateDictionary(IEnumerable<CheckpointTensor> tensors, int prefix, IReadOnlyDictionary<string, string> aliases)
    {
        _tensors = [];
        foreach (CheckpointTensor tensor in tensors) _tensors.TryAdd(tensor.Name[prefix..], tensor);
        _aliases = aliases;
    }

    public static StateDictionary Of(Checkpoint checkpoint)
    {
        if (checkpoint.Format == CheckpointFormat.Onnx) return OfOnnx(checkpoint);
        if (checkpoint.Root is not DictionaryValue root || root.Find("state") is not DictionaryValue) return new(checkpoint.Tensors, 0, checkpoint.Metadata);
        return new(checkpoint.Tensors.Where(tensor => tensor.Name.StartsWith(PickledPrefix, StringComparison.Ordinal)), PickledPrefix.Length, checkpoint.Metadata);
    }

    /// <summary>The tensor of a key. The reference writes tied tensors once and puts "dropped name: kept name" into the metadata.</summary>
    public CheckpointTensor? Find(string key) =>
        _tensors.GetValueOrDefault(key) ?? (_aliases.TryGetValue(key, out string? kept) ? _tensors.GetValueOrDefault(kept) : null);

    /// <summary>Whether a parameter is stored as bytes, transposed and with a scale for each output.</summary>
    public bool IsQuantized(string key) => _scales.ContainsKey(key);

    /// <summary>Whether the parameters of <paramref name="network"/>, and nothing else, are here with their shapes.</summary>
    public bool Fits(VitNetwork network)
    {
        IReadOnlyList<Parameter> contract = VitParameters.Of(network);
        return contract.Count >= _tensors.Count && contract.All(parameter => Find(parameter.Key)?.Shape == parameter.Shape);
    }

    /// <summary>Numbers in all tensors.</summary>
    public long ElementCount => _tensors.Values.Sum(tensor => tensor.Shape.ElementCount);

    /// <summary>Compares with the parameters of <paramref name="network"/>, strictly: none missing, none too many, all shapes equal.</summary>
    public StateDifference Compare(VitNetwork network) => Compare(VitParameters.Of(network));

    /// <summary>Compares with the parameters of any model.</summary>
    public StateDifference Compare(IReadOnlyList<Parameter> contract)
    {
        List<string> missing = [], misshapen = [];
        HashSet<string> unexpected = [.. _tensors.Keys];
        foreach (Parameter parameter in contract)
        {
            unexpected.Remove(parameter.Key);
            CheckpointTensor? tensor = Find(parameter.Key);
            if (tensor is null) missing.Add(parameter.Key);
            else if (ShapeOf(parameter.Key, tensor) is var shape && shape != parameter.Shape) misshapen.Add($"{parameter.Key} {shape} instead of {parameter.Shape}");
            else if (!_tensors.ContainsKey(parameter.Key)) unexpected.Remove(_aliases[parameter.Key]);
        }
        return new StateDifference(missing, [.. unexpected.Order(StringComparer.Ordinal)], misshapen);
    }

    /// <summary>As <see cref="Compare(IReadOnlyList{Parameter})"/>, for files that must not differ.</summary>
    /// <exception cref="CheckpointException">They differ; the message lists how.</exception>
    public void Check(IReadOnlyList<Parameter> contract, string file, string name)
    {
        StateDifference difference = Compare(contract);
        if (!difference.IsEmpty) throw ModelThrow.Mismatch(file, name, difference);
    }

    /// <summary>Every parameter of <paramref name="contract"/>, which was checked, but those stored as bytes.</summary>
    /// <exception cref="CheckpointException">A parameter has no float32 values, or its bytes are damaged.</exception>
    public Dictionary<string, Weight> Weights(IReadOnlyList<Parameter> contract) => contract
        .Where(parameter => !IsQuantized(parameter.Key)).ToDictionary(parameter => parameter.Key, parameter => TensorValues.WeightOf(Find(parameter.Key)!));

    /// <summary>The matrices that are stored as bytes.</summary>
    public Dictionary<string, QuantizedMatrix> Matrices() => _scales.ToDictionary(pair => pair.Key, pair => TensorValues.MatrixOf(_tensors[pair.Key], pair.Value));

    // What operators need is no parameter; scales go with their matrices, whose shapes the reader has compared.
    private static StateDictionary OfOnnx(Checkpoint checkpoint)
    {
        StateDictionary state = new(checkpoint.Tensors.Where(tensor => !OnnxFormat.IsOfOperators(tensor.Name)), 0, FrozenDictionary<string, string>.Empty);
        foreach (string key in state._tensors.Where(pair => pair.Value.ElementType == ElementType.Int8).Select(pair => pair.Key).ToArray())
        {
            if (state._tensors.Remove(key + OnnxFormat.ScalesSuffix, out CheckpointTensor? scales)) state._scales.Add(key, scales);
        }
        return state;
    }

    private TensorShape ShapeOf(string key, CheckpointTensor tensor) => IsQuantized(key) ? new(tensor.Shape[1], tensor.Shape[0]) : tensor.Shape;
}
