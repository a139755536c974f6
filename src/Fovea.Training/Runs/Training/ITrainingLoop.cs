using Fovea.Training.Optimization;
using Fovea.Training.Runs.Checkpoints;

namespace Fovea.Training.Runs.Training;

/// <summary>The steps of a run, whatever is trained in them: what <see cref="TrainingRun"/> drives.</summary>
internal interface ITrainingLoop
{
    /// <summary>How long the run is.</summary>
    RunLength Length { get; }

    /// <summary>Where the run stands.</summary>
    RunCounters Counters { get; }

    /// <summary>Whether every step of the run was made.</summary>
    bool IsComplete { get; }

    /// <summary>Everything that a checkpoint must hold.</summary>
    IEnumerable<SavedBuffer> State();

    /// <summary>Goes on from a checkpoint.</summary>
    /// <exception cref="RunException">It is damaged, or of another network.</exception>
    void Restore(string checkpoint);

    /// <summary>The steps from where the run stands to its end, each made when it is asked for.</summary>
    /// <param name="wantsFigures">Whether gradient norm and figures are wanted of the step with this number, from 1: they cost passes over gradients and targets.</param>
    /// <param name="cancellation">Looked at between steps.</param>
    /// <exception cref="RunException">While enumerating: the loss is not finite; the step was not made.</exception>
    /// <exception cref="Data.TrainingDataException">While enumerating: too many pictures are broken.</exception>
    IEnumerable<StepReport> Steps(Func<long, bool> wantsFigures, CancellationToken cancellation);
}
