using Fovea.Training.Data;
using Fovea.Training.Optimization;
using Fovea.Training.Runs.Metrics;
using static TorchSharp.torch;

namespace Fovea.Training.Runs.Training;

/// <summary>The networks of a kind of training, as whoever saves them sees them.</summary>
internal interface ITrainingTask : IDisposable
{
    /// <summary>What the optimiser moves.</summary>
    FlatParameters Trained { get; }

    /// <summary>A moving average of the first parameters of <see cref="Trained"/>, laid out like them; null: none.</summary>
    FlatParameters? Followed { get; }

    /// <summary>Whether a parameter ever has a gradient.</summary>
    bool IsTrained(string key);

    /// <summary>What gradients and parameters tell, between backward pass and optimiser step.</summary>
    IEnumerable<MetricValue> GradientFigures();

    /// <summary>Writes the model that serves, a `.safetensors` file with its description.</summary>
    void WriteModel(Stream stream);
}

/// <summary>What a kind of training brings to the loop: networks, and a loss of a batch. Everything else (order, steps, rates, checkpoints, metrics) the loop does for all.</summary>
/// <typeparam name="TTarget">What is known of one picture: its class, its boxes, its mask.</typeparam>
internal interface ITrainingTask<TTarget> : ITrainingTask
{
    /// <summary>The loss of one batch; its gradients are added to those of <see cref="ITrainingTask.Trained"/>.</summary>
    /// <param name="images">[pictures, channels, height, width], normalised.</param>
    /// <param name="batch">Names and targets of the pictures.</param>
    /// <param name="place">Which batch it is.</param>
    /// <param name="weight">What the gradients are multiplied by: 1 over the number of batches of the step.</param>
    /// <param name="figures">Takes what the forward pass tells; null where nobody asks.</param>
    double Backward(Tensor images, TrainingBatch<TTarget> batch, BatchPlace place, double weight, List<MetricValue>? figures);
}

/// <summary>Where a batch stands in the run.</summary>
/// <param name="Step">The global step, from 0.</param>
/// <param name="First">Position of its first picture in the step's global batch.</param>
/// <param name="StepPictures">Pictures of the step's global batch.</param>
internal readonly record struct BatchPlace(long Step, int First, int StepPictures);
