using Fovea.Checkpoints;
using Fovea.Training.Optimization;
using static TorchSharp.torch;

namespace Fovea.Training.Runs.Checkpoints;

/// <summary>A flat buffer that a run must have again to go on: values, moments, a moving average.</summary>
/// <param name="Prefix">What stands in front of each parameter's key in the checkpoint.</param>
/// <param name="Buffer">[elements], float32.</param>
/// <param name="Slices">Where each parameter lies in it.</param>
internal sealed record SavedBuffer(string Prefix, Tensor Buffer, IReadOnlyList<ParameterSlice> Slices)
{
    /// <summary>What an optimiser's mean gradients are called in checkpoints, as torch calls them.</summary>
    public const string FirstMoments = "exp_avg.";

    /// <summary>What an optimiser's mean squared gradients are called in checkpoints.</summary>
    public const string SecondMoments = "exp_avg_sq.";

    /// <summary>Parameters, optionally their optimiser's moments.</summary>
    public static IEnumerable<SavedBuffer> Of(FlatParameters parameters, AdamW? optimizer = null)
    {
        yield return new SavedBuffer("", parameters.Values, parameters.Slices);
        if (optimizer is null) yield break;
        yield return new SavedBuffer(FirstMoments, optimizer.FirstMoments, parameters.Slices);
        yield return new SavedBuffer(SecondMoments, optimizer.SecondMoments, parameters.Slices);
    }

    /// <summary>The parts as tensors of a safetensors file, which read the buffer when their turn comes.</summary>
    public IEnumerable<SafetensorsSource> Sources() => Slices.Select(slice => new SafetensorsSource(
        Prefix + slice.Parameter.Key, ElementType.Float32, slice.Parameter.Shape, stream => Write(slice, stream)));

    /// <summary>Fills the buffer from a checkpoint's tensors.</summary>
    /// <exception cref="KeyNotFoundException">The checkpoint lacks a tensor.</exception>
    /// <exception cref="InvalidDataException">A tensor has another shape.</exception>
    public void Restore(IReadOnlyDictionary<string, CheckpointTensor> tensors)
    {
        foreach (ParameterSlice slice in Slices)
        {
            CheckpointTensor saved = tensors[Prefix + slice.Parameter.Key];
            if (saved.Shape != slice.Parameter.Shape) throw new InvalidDataException($"{saved.Name} has the shape {saved.Shape} instead of {slice.Parameter.Shape}");
            using Tensor values = tensor(saved.ReadFloats());
            using Tensor place = Buffer.narrow(0, slice.Offset, slice.Length);
            place.copy_(values);
        }
    }

    private void Write(ParameterSlice slice, Stream stream)
    {
        using Tensor part = Buffer.narrow(0, slice.Offset, slice.Length);
        using Tensor here = part.cpu();
        stream.Write(here.bytes);
    }
}
