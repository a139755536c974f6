using static TorchSharp.torch;

namespace Fovea.Training.Networks;

/// <summary>Learned tensors by the keys of the parameter contract, seen from one place in the network: `block.0.attn` and below.</summary>
/// <param name="tensors">All tensors by their whole keys; where a gradient is wanted, leaves that collect it.</param>
/// <param name="prefix">What stands in front of every key, with its dot.</param>
internal readonly struct ParameterScope(IReadOnlyDictionary<string, Tensor> tensors, string prefix = "")
{
    /// <exception cref="KeyNotFoundException">The network has no such parameter.</exception>
    public Tensor this[string key] => tensors[prefix + key];

    public Tensor? Find(string key) => tensors.GetValueOrDefault(prefix + key);

    public ParameterScope Below(string part) => new(tensors, $"{prefix}{part}.");
}
