using System.Collections.Immutable;
using System.Security.Cryptography;
using Fovea.Checkpoints;
using Fovea.Hub;
using Fovea.Networks;

namespace Fovea.Tests.Hub;

/// <summary>A model file under a published name, in a folder of its own, with a registry that has just it.</summary>
internal sealed class CheckedModel : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("fovea-check-").FullName;

    /// <summary>A small network, zeros but for what is changed.</summary>
    /// <param name="change">What is done to the weights before they are written.</param>
    public CheckedModel(Action<Dictionary<string, Weight>>? change = null) : this(Small, Changed(change))
    {
    }

    /// <param name="model">What is published; its files are replaced by the one that is written here.</param>
    /// <param name="weights">What that file holds.</param>
    public CheckedModel(PublishedModel model, IReadOnlyDictionary<string, Weight> weights)
    {
        Path = System.IO.Path.Combine(_folder, $"{model.Name}.safetensors");
        using (FileStream stream = File.Create(Path))
        {
            SafetensorsWriter.Write(stream, weights.Select(pair => SafetensorsSource.Of(pair.Key, pair.Value)), ImmutableDictionary<string, string>.Empty);
        }
        using FileStream written = File.OpenRead(Path);
        string sha256 = Convert.ToHexStringLower(SHA256.HashData(written));
        Model = model with { Files = [new PublishedFile(model.Name, "safetensors", model.Files[0].Address, written.Length / (double)(1 << 20), sha256)] };
        Hub = new ModelHub(new ModelRegistry([Model]), new HubSettings(_folder, IsOffline: true), HubClient.Shared, TimeProvider.System);
    }

    /// <summary>3 x 4 patches.</summary>
    public static PublishedModel Small { get; } = TestHub.Model with
    {
        Tag = "i-jepa",
        ImageSize = new ImageSize(96, 128),
        ParameterCount = VitParameters.Count(new VitNetwork(NamedNetworks.Get("vit_t32"), new ImageSize(96, 128))),
    };

    public PublishedModel Model { get; }

    public string Path { get; }

    public ModelHub Hub { get; }

    public async Task<IReadOnlyList<CheckedFact>> CheckAsync()
    {
        return await ModelCheck.RunAsync(await ModelCheck.LocateAsync(Path, Hub, null, default), default);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static Dictionary<string, Weight> Changed(Action<Dictionary<string, Weight>>? change)
    {
        Dictionary<string, Weight> weights = VitParameters.Of(Small.ToNetwork()).ToDictionary(parameter => parameter.Key, parameter => new Weight(parameter.Shape, new float[parameter.Shape.ElementCount]));
        change?.Invoke(weights);
        return weights;
    }
}
