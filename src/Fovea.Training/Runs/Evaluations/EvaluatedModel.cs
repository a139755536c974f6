using Fovea.Checkpoints;
using Fovea.Networks;
using Fovea.Training.Networks;
using Fovea.Training.Optimization;
using Fovea.Training.Pretraining;
using Fovea.Training.Runs.Checkpoints;

namespace Fovea.Training.Runs.Evaluations;

/// <summary>A model to be measured: its network, and the weights that are compared. Of a run folder the target encoder is the model, the context encoder stands beside it.</summary>
internal sealed class EvaluatedModel : IDisposable
{
    private readonly List<FlatParameters> _owned = [];

    private EvaluatedModel(ModelDescription description) => Description = description;

    public ModelDescription Description { get; }

    /// <summary>The model's own weights.</summary>
    public required VitModule Model { get; init; }

    /// <summary>The context encoder of a run's last checkpoint; null for other models.</summary>
    public VitModule? Context { get; private set; }

    /// <summary>The same network at random initialisation.</summary>
    public required VitModule Random { get; init; }

    /// <summary>Opens a `.pt` or `.safetensors` file, or the model of a run folder.</summary>
    /// <param name="path">The file.</param>
    /// <param name="runFolder">The run folder that it serves from, or null.</param>
    /// <param name="network">The network, where the file does not tell.</param>
    /// <param name="size">Another picture size.</param>
    /// <param name="seed">Of the random initialisation.</param>
    /// <exception cref="CheckpointException">It is no model.</exception>
    public static EvaluatedModel Open(string path, string? runFolder, string? network, ImageSize? size, ulong seed)
    {
        using ModelFile file = ModelFile.Open(path, network, size);
        VitNetwork headless = new(file.Network.Config, file.Network.Size, file.Network.Channels);
        List<FlatParameters> owned = [];
        EvaluatedModel model = new(file.Description)
        {
            Model = ModuleOf(headless, file.Weights, owned),
            Random = ModuleOf(headless, new StartValues(StartValueScheme.Birder, seed).OfEncoder(headless), owned),
        };
        model._owned.AddRange(owned);
        if (runFolder is not null && new RunCheckpoints(runFolder, 1).Latest() is { } last) model.Context = model.ContextOf(headless, last.Folder);
        return model;
    }

    public void Dispose()
    {
        foreach (FlatParameters parameters in _owned) parameters.Dispose();
    }

    private static VitModule ModuleOf(VitNetwork network, IReadOnlyDictionary<string, Weight> weights, List<FlatParameters> owned)
    {
        FlatParameters parameters = new(VitParameters.Of(network), ComputeType.Float32, hasGradients: false);
        owned.Add(parameters);
        parameters.Load(weights);
        return new VitModule(network, parameters.Leaves);
    }

    private VitModule? ContextOf(VitNetwork network, string checkpointFolder)
    {
        using Checkpoint checkpoint = Checkpoint.Open(RunCheckpoints.StateOf(checkpointFolder));
        Dictionary<string, CheckpointTensor> tensors = checkpoint.Tensors.ToDictionary(tensor => tensor.Name);
        if (!VitParameters.Of(network).All(parameter => tensors.TryGetValue(JepaModel.ContextPrefix + parameter.Key, out CheckpointTensor? saved) && saved.Shape == parameter.Shape)) return null;
        return ModuleOf(network, VitParameters.Of(network).ToDictionary(parameter => parameter.Key, parameter => new Weight(parameter.Shape, tensors[JepaModel.ContextPrefix + parameter.Key].ReadFloats())), _owned);
    }
}
