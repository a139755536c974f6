using System.Text.Json.Nodes;

namespace Fovea.Hub;

/// <summary>The published models that can be had by name, from `registry.json`.</summary>
internal sealed class ModelRegistry
{
    private const int MostNearest = 3;

    private static readonly Lazy<ModelRegistry> Embedded = new(Read);

    public ModelRegistry(IReadOnlyList<PublishedModel> models) => Models = models;

    /// <summary>The registry that comes with this version.</summary>
    public static ModelRegistry Default => Embedded.Value;

    /// <summary>All models, in the order of the registry.</summary>
    public IReadOnlyList<PublishedModel> Models { get; }

    /// <summary>The model of a name, compared without case; null for any other name.</summary>
    public PublishedModel? Find(string name) => Models.FirstOrDefault(model => string.Equals(model.Name, name, StringComparison.OrdinalIgnoreCase));

    /// <summary>As <see cref="Find"/>.</summary>
    /// <exception cref="HubException">There is none; the message has the nearest names.</exception>
    public PublishedModel Get(string name) => Find(name) ?? throw HubThrow.UnknownName(name, Nearest(name));

    /// <summary>The names that a mistyped one may mean: those that have it as a part, then by edit distance.</summary>
    public IReadOnlyList<string> Nearest(string name) =>
    [
        .. Models.Select(model => model.Name)
            .OrderBy(known => !known.Contains(name, StringComparison.OrdinalIgnoreCase))
            .ThenBy(known => EditDistance.Between(known.ToLowerInvariant(), name.ToLowerInvariant()))
            .Take(MostNearest),
    ];

    private static ModelRegistry Read()
    {
        using Stream resource = typeof(ModelRegistry).Assembly.GetManifestResourceStream("Fovea.Hub.registry.json")!;
        JsonObject registry = JsonNode.Parse(resource)!.AsObject();
        string address = (string)registry["address"]!;
        return new ModelRegistry([.. registry["models"]!.AsArray().Select(entry => ReadModel(entry!.AsObject(), address))]);
    }

    private static PublishedModel ReadModel(JsonObject entry, string defaultAddress)
    {
        string name = (string)entry["name"]!;
        string address = (string?)entry["address"] ?? defaultAddress;
        JsonArray resolution = entry["resolution"]!.AsArray();
        return new PublishedModel
        {
            Name = name,
            Network = (string)entry["network"]!,
            Tag = (string)entry["tag"]!,
            Task = (string)entry["task"]!,
            ImageSize = new ImageSize((int)resolution[0]!, (int)resolution[1]!),
            Outputs = (int)entry["outputs"]!,
            ParameterCount = (long)entry["parameters"]!,
            Files =
            [
                .. entry["formats"]!.AsObject().Select(format => new PublishedFile(
                    name, format.Key, new Uri($"{address}/{name}.{format.Key}"), (double)format.Value!["mebibytes"]!, (string)format.Value["sha256"]!)),
            ],
        };
    }
}
