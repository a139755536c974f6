using Fovea.Training.Data;
using Fovea.Training.Optimization;
using static TorchSharp.torch;

namespace Fovea.Training.Runs.Training;

/// <summary>What a kind of training brings to the loop: networks, and a loss of a batch. Everything else (order, steps, rates, checkpoints, metrics) the loop does for all.</summary>
internal interface ITrainingTask : IDisposable
{
    /// <summary>What the optimiser moves.</summary>
    FlatParameters Trained { get; }

    /// <summary>A moving average of the first parameters of <see cref="Trained"/>, laid out like them; null: none.</summary>
    FlatParameters? Followed { get; }

    /// <summary>Whether a parameter ever has a gradient.</summary>
    bool IsTrained(string key);

    /// <summary>The loss of one batch, a scalar with gradient; it is divided by the number of batches of a step by the loop.</summary>
    /// <param name="images">[pictures, channels, height, width], normalised.</param>
    /// <param name="batch">Names and labels of the pictures.</param>
    /// <param name="place">Which batch it is.</param>
    Tensor Loss(Tensor images, TrainingBatch batch, BatchPlace place);

    /// <summary>Figures of the last batch for a line of metrics: names in snake case.</summary>
    IEnumerable<KeyValuePair<string, double>> Figures();

    /// <summary>Writes the model that serves: the description and the weights.</summary>
    /// <param name="stream">A `.safetensors` file.</param>
    void WriteModel(Stream stream);
}

/// <summary>Where a batch stands in the run.</summary>
/// <param name="Step">The global step, from 0.</param>
/// <param name="First">Position of its first picture in the step's global batch.</param>
/// <param name="StepPictures">Pictures of the step's global batch.</param>
internal readonly record struct BatchPlace(long Step, int First, int StepPictures);
