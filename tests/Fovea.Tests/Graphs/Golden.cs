using System.Text.Json.Nodes;
using Fovea.Checkpoints;
using Fovea.Networks;

namespace Fovea.Tests.Graphs;

/// <summary>One golden network: configuration, weights, inputs and outputs.</summary>
internal sealed class Golden : IDisposable
{
    private Golden(VitNetwork network, Dictionary<string, Weight> weights, GoldenTensors tensors, IReadOnlyList<string> stateShapes)
    {
        Network = network;
        Weights = weights;
        Tensors = tensors;
        StateShapes = stateShapes;
    }

    public VitNetwork Network { get; }

    public Dictionary<string, Weight> Weights { get; }

    public GoldenTensors Tensors { get; }

    /// <summary>"key [shape]" in the reference's order.</summary>
    public IReadOnlyList<string> StateShapes { get; }

    public static Golden Open(string name) => name == "vit_tiny" ? OpenTiny() : OpenFamily(name);

    public void Dispose() => Tensors.Dispose();

    private static Golden OpenFamily(string name)
    {
        string folder = TestFolders.Golden("vit_family");
        JsonNode entry = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "family.json")))!["networks"]!.AsArray().First(network => (string)network!["name"]! == name)!;
        GoldenTensors tensors = new(Path.Combine(folder, (string)entry["file"]!));
        VitNetwork network = new(VitConfigJson.Parse(entry["config"]!.AsObject()), Size(entry["size"]!), (int)entry["input_channels"]!, (int)entry["num_classes"]!);
        return new(network, tensors.State(), tensors, Shapes(entry["state"]!));
    }

    // The encoder and its head are two files; the one with seven classes holds both.
    private static Golden OpenTiny()
    {
        string folder = TestFolders.Golden("vit_tiny");
        JsonNode index = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "index.json")))!;
        using Checkpoint checkpoint = Checkpoint.Open(Path.Combine(folder, "vit_reg4_m16_rms_avg_seven_5.safetensors"));
        Dictionary<string, Weight> weights = checkpoint.Tensors.ToDictionary(tensor => tensor.Name, tensor => new Weight(tensor.Shape, tensor.ReadFloats()));
        VitNetwork network = new(VitConfigJson.Parse(index["full_config"]!.AsObject()), Size(index["size"]!), classes: 7);
        IReadOnlyList<string> shapes = Shapes(index["state"]!);
        return new(network, weights, new GoldenTensors(Path.Combine(folder, "reference.safetensors")), shapes);
    }

    private static ImageSize Size(JsonNode size) => new((int)size[0]!, (int)size[1]!);

    private static IReadOnlyList<string> Shapes(JsonNode state) =>
        [.. state.AsObject().Select(pair => $"{pair.Key} [{string.Join(", ", pair.Value!.AsArray().Select(dimension => dimension!.ToString()))}]")];
}
