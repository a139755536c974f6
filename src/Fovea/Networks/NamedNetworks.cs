using System.Collections.Frozen;
using System.Text.Json.Nodes;

namespace Fovea.Networks;

/// <summary>The reference's registered Vision Transformers: name to configuration, from `networks.json`.</summary>
internal static class NamedNetworks
{
    private static readonly Lazy<FrozenDictionary<string, VitConfig>> Configurations = new(Read);

    /// <summary>All names, in ordinal order.</summary>
    public static IReadOnlyList<string> Names => [.. Configurations.Value.Keys.Order(StringComparer.Ordinal)];

    /// <summary>The configuration of a registered name, compared without case; null for any other name.</summary>
    public static VitConfig? Find(string name) => Configurations.Value.GetValueOrDefault(name);

    /// <summary>As <see cref="Find"/>.</summary>
    /// <exception cref="ArgumentException">The name belongs to another family, which the message names, or to none.</exception>
    public static VitConfig Get(string name) =>
        Find(name) ?? throw new ArgumentException(OtherFamilies.Describe(name) is { } family
            ? $"'{name}' is {family}, which is not supported; only plain Vision Transformers are."
            : $"'{name}' is no network that is known; the names are vit_t16, vit_reg4_m16_rms_avg and {Names.Count - 2} more (all in docs/networks.md).");

    /// <summary>
    /// The longest registered name that the file name begins with, followed by `_` or the end (the reference's naming: network, tag,
    /// epoch). Null when there is none, or when the file name begins with the name of another family.
    /// </summary>
    public static string? FromFileName(string fileName)
    {
        string stem = Path.GetFileNameWithoutExtension(fileName);
        if (OtherFamilies.Describe(stem) is not null) return null;
        return Names
            .Where(name => stem.StartsWith(name, StringComparison.OrdinalIgnoreCase) && (stem.Length == name.Length || stem[name.Length] == '_'))
            .MaxBy(name => name.Length);
    }

    private static FrozenDictionary<string, VitConfig> Read()
    {
        using Stream resource = typeof(NamedNetworks).Assembly.GetManifestResourceStream("Fovea.Networks.networks.json")!;
        return JsonNode.Parse(resource)!.AsObject()
            .ToFrozenDictionary(entry => entry.Key, entry => VitConfigJson.Parse(entry.Value!.AsObject()), StringComparer.OrdinalIgnoreCase);
    }
}
