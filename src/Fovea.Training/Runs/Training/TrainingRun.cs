using Fovea.Training.Runs.Checkpoints;
using Fovea.Training.Runs.Metrics;
using Fovea.Training.Runs.Recipes;

namespace Fovea.Training.Runs.Training;

/// <summary>
/// Drives an <see cref="ITrainingLoop"/> in a run folder: logs, saves, looks at the model, tells who watches. None of it touches the numbers: a run
/// that was saved ten times, killed and resumed is the run that was left alone.
/// </summary>
internal sealed class TrainingRun
{
    private readonly ITrainingTask _task;
    private readonly ITrainingLoop _loop;
    private readonly RunFolder _folder;
    private readonly RunCheckpoints _checkpoints;
    private readonly RunRecipe _settings;
    private readonly IModelProbe? _probe;
    private readonly ModelSelection? _selection;
    private readonly IRunObserver _observer;
    private readonly TimeProvider _time;

    /// <param name="task">The networks.</param>
    /// <param name="loop">Its steps.</param>
    /// <param name="folder">Where it writes.</param>
    /// <param name="settings">How often it saves and looks.</param>
    /// <param name="probe">Looks at the model; null: nobody does.</param>
    /// <param name="observer">Is told what happens.</param>
    /// <param name="time">The clock that checkpoints and rates go by.</param>
    /// <param name="selection">Which model serves; null: the last one.</param>
    public TrainingRun(ITrainingTask task, ITrainingLoop loop, RunFolder folder, RunRecipe settings, IModelProbe? probe, IRunObserver observer, TimeProvider time, ModelSelection? selection = null)
    {
        _task = task;
        _loop = loop;
        _folder = folder;
        _settings = settings;
        _probe = probe;
        _selection = selection;
        _observer = observer;
        _time = time;
        _checkpoints = new RunCheckpoints(folder.Path, settings.KeepLast);
    }

    /// <summary>Whether the run has ended before its last step because no better model was to be expected.</summary>
    public bool EndedEarly { get; private set; }

    /// <summary>Goes on where the folder's last checkpoint stands, if there is one, until the run is complete or <paramref name="lastStep"/> is made.</summary>
    /// <param name="lastStep">The step to stop after; null: the run's last.</param>
    /// <param name="cancellation">As Ctrl-C: the step that is being made is finished or dropped, and the run saved.</param>
    /// <exception cref="RunException">The loss is not finite, or the disk is full.</exception>
    /// <exception cref="Data.TrainingDataException">Too many pictures are broken.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled; everything is saved.</exception>
    public void Run(long? lastStep, CancellationToken cancellation)
    {
        if (_checkpoints.Latest() is { } latest) _loop.Restore(latest.Folder);
        // A run that was killed before its first checkpoint begins again, and so do its metrics.
        using RunMetrics metrics = RunMetrics.Resume(_folder.Path, _loop.Counters.Step > 0 ? _loop.Counters.Step : -1);
        _observer.Begins(_loop.Counters, _loop.Length, metrics.History);
        long last = Math.Min(lastStep ?? long.MaxValue, _loop.Length.Steps);
        if (_loop.Counters.Step > 0) WriteModel(metrics.History);             // it may have been killed between its checkpoint and its model
        else if (last > 0) Look(metrics, step: 0, epoch: 0);
        long saved = _loop.Counters.Step;
        try
        {
            saved = Steps(metrics, last, cancellation);
        }
        catch (OperationCanceledException)
        {
            Save(metrics);
            throw;
        }
        if (saved < _loop.Counters.Step) Save(metrics);
    }

    // The step of the last checkpoint.
    private long Steps(RunMetrics metrics, long last, CancellationToken cancellation)
    {
        long saved = _loop.Counters.Step;
        if (saved >= last || HasSeenEnough(metrics)) return saved;
        Throughput throughput = new(_time, _loop.Counters.Pictures);
        long savedAt = _time.GetTimestamp();
        foreach (StepReport report in _loop.Steps(IsLogged, cancellation))
        {
            throughput.Add(report);
            _observer.Stepped(report, throughput);
            if (IsLogged(report.Step)) Log(metrics, report, throughput);
            bool isLook = _settings.HealthEvery > 0 ? report.Step % _settings.HealthEvery == 0 : report.EndsEpoch;
            bool isKept = isLook && Look(metrics, report.Step, report.Epoch);
            if (report.EndsEpoch || isKept || _time.GetElapsedTime(savedAt).TotalMinutes >= _settings.CheckpointMinutes)
            {
                Save(metrics);
                (saved, savedAt) = (report.Step, _time.GetTimestamp());
            }
            if (report.Step >= last || HasSeenEnough(metrics)) break;
        }
        return saved;
    }

    private bool HasSeenEnough(RunMetrics metrics) => EndedEarly = !_loop.IsComplete && _selection?.IsExhausted(metrics.History) == true;

    private bool IsLogged(long step) => step % _settings.LogEvery == 0 || step == 1;

    private void Log(RunMetrics metrics, StepReport report, Throughput throughput)
    {
        (double picturesPerSecond, double waitShare) = throughput.Take();
        _observer.Logged(metrics.Write(report.Step, report.Epoch,
        [
            KnownMetrics.Loss.Of(report.Loss),
            KnownMetrics.LearningRate.Of(report.Rates.LearningRate),
            KnownMetrics.WeightDecay.Of(report.Rates.WeightDecay),
            .. _task.Followed is null ? [] : new[] { KnownMetrics.Momentum.Of(report.Rates.Momentum) },
            KnownMetrics.GradientNorm.Of(report.GradientNorm!.Value),
            .. report.Figures,
            KnownMetrics.ImagesPerSecond.Of(picturesPerSecond),
            KnownMetrics.WaitShare.Of(waitShare),
        ]));
    }

    // Whether the model is the best that was looked at.
    private bool Look(RunMetrics metrics, long step, long epoch)
    {
        if (_probe?.Look() is not { Count: > 0 } figures) return false;
        _observer.Logged(metrics.Write(step, epoch, [.. figures]));
        bool isKept = step > 0 && _selection?.IsBest(metrics.History, step) == true;
        if (isKept) _probe.Keep();
        return isKept;
    }

    private void Save(RunMetrics metrics)
    {
        metrics.FlushToDisk();
        _checkpoints.Save(_loop.Counters, _loop.State());
        WriteModel(metrics.History);
        _observer.Saved(_loop.Counters, metrics.History);
    }

    private void WriteModel(MetricsHistory history)
    {
        if (_selection?.IsBest(history, _loop.Counters.Step) != false) RunFolder.WriteWhole(_folder.ModelFile, _task.WriteModel);
    }
}
