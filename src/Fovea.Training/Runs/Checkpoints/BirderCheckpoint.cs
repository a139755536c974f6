using System.Globalization;
using System.Text.RegularExpressions;
using Fovea.Training.Optimization;
using Fovea.Training.Pretraining;
using static TorchSharp.torch;

namespace Fovea.Training.Runs.Checkpoints;

/// <summary>
/// A training checkpoint of birder's I-JEPA script: `i_jepa_NETWORK_EPOCH.pt` with all three networks, and `..._states.pt` beside it with the optimiser's
/// moments. The files hold no configuration: a recipe gives it.
/// </summary>
internal static partial class BirderCheckpoint
{
    private const string States = "_states";

    /// <summary>Fills networks and optimiser.</summary>
    /// <param name="path">`i_jepa_NETWORK_EPOCH.pt`.</param>
    /// <param name="model">The networks, of the checkpoint's shapes.</param>
    /// <param name="optimizer">The optimiser of <see cref="JepaModel.Trained"/>.</param>
    /// <returns>The epochs that were trained, and the optimiser's steps.</returns>
    /// <exception cref="RunException">A file is absent, is no such checkpoint, or holds other networks.</exception>
    public static (int Epochs, long Steps) Load(string path, JepaModel model, AdamW optimizer)
    {
        if (!Epoch().IsMatch(path)) throw RunThrow.NoBirderCheckpoint(path, "its name does not end in _EPOCH.pt");
        string states = $"{path[..^".pt".Length]}{States}.pt";
        try
        {
            using Checkpoint networks = Checkpoint.Open(path), moments = Checkpoint.Open(states);
            Dictionary<string, CheckpointTensor> tensors = networks.Tensors.ToDictionary(tensor => tensor.Name), saved = moments.Tensors.ToDictionary(tensor => tensor.Name);
            foreach (FlatParameters parameters in (FlatParameters[])[model.Trained, model.Followed]) new SavedBuffer("state.", parameters.Values, parameters.Slices).Restore(tensors);
            long steps = RestoreMoments(saved, model, optimizer);
            optimizer.Steps = steps;
            model.Trained.RefreshCopies();
            model.Followed.RefreshCopies();
            return (int.Parse(Epoch().Match(path).Groups["epoch"].ValueSpan, CultureInfo.InvariantCulture), steps);
        }
        catch (Exception failure) when (failure is CheckpointException or KeyNotFoundException or InvalidDataException)
        {
            throw RunThrow.NoBirderCheckpoint(path, failure.Message.TrimEnd('.'), failure);
        }
    }

    // The optimiser numbers the parameters of context encoder, target encoder and predictor; the target encoder's have no moments.
    private static long RestoreMoments(Dictionary<string, CheckpointTensor> saved, JepaModel model, AdamW optimizer)
    {
        long steps = 0;
        int encoder = model.Followed.Slices.Count;
        for (int index = 0; index < model.Trained.Slices.Count; index++)
        {
            ParameterSlice slice = model.Trained.Slices[index];
            if (!JepaModel.IsTrained(slice.Parameter.Key)) continue;
            string prefix = string.Create(CultureInfo.InvariantCulture, $"optimizer_state.state.{(index < encoder ? index : index + encoder)}.");
            Fill(optimizer.FirstMoments, slice, saved[$"{prefix}exp_avg"]);
            Fill(optimizer.SecondMoments, slice, saved[$"{prefix}exp_avg_sq"]);
            steps = Math.Max(steps, (long)saved[$"{prefix}step"].ReadFloats()[0]);
        }
        return steps;
    }

    private static void Fill(Tensor buffer, ParameterSlice slice, CheckpointTensor saved)
    {
        if (saved.Shape != slice.Parameter.Shape) throw new InvalidDataException($"{saved.Name} has the shape {saved.Shape} instead of {slice.Parameter.Shape}, that of {slice.Parameter.Key}");
        using Tensor values = tensor(saved.ReadFloats());
        using Tensor place = buffer.narrow(0, slice.Offset, slice.Length);
        place.copy_(values);
    }

    [GeneratedRegex(@"_(?<epoch>\d+)\.pt$")]
    private static partial Regex Epoch();
}
