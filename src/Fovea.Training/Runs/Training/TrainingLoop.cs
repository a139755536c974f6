using Fovea.Training.Data;
using Fovea.Training.Optimization;
using Fovea.Training.Runs.Checkpoints;
using Fovea.Training.Runs.Metrics;
using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Training.Runs.Training;

/// <summary>
/// Steps of one training run, the same for every kind of training: batches in order, gradients added up, one optimiser step, where the run stands. It
/// knows neither files nor clocks; who drives it saves, logs and stops between steps.
/// </summary>
/// <typeparam name="TTarget">What is known of one picture.</typeparam>
internal sealed class TrainingLoop<TTarget> : ITrainingLoop, IDisposable
{
    private readonly ITrainingTask<TTarget> _task;
    private readonly BatchLoader<TTarget> _loader;
    private readonly TrainingSchedules _schedules;
    private readonly AdamW _optimizer;
    private readonly double[] _decayRatios, _rateScales;
    private readonly double? _clipNorm;
    private readonly Device _device;

    /// <param name="task">The networks and the loss.</param>
    /// <param name="loader">The pictures.</param>
    /// <param name="length">How long the run is.</param>
    /// <param name="schedules">The rates of each step.</param>
    /// <param name="groups">Weight decay and learning rate of each parameter.</param>
    /// <param name="settings">The constants of AdamW.</param>
    /// <param name="clipNorm">The L2 norm that gradients are cut to; null: none.</param>
    public TrainingLoop(ITrainingTask<TTarget> task, BatchLoader<TTarget> loader, RunLength length, TrainingSchedules schedules, IReadOnlyList<ParameterGroup> groups, AdamWSettings settings, double? clipNorm)
    {
        _task = task;
        _loader = loader;
        Length = length;
        _schedules = schedules;
        _decayRatios = [.. groups.Select(group => group.DecayRatio)];
        _rateScales = [.. groups.Select(group => group.RateScale)];
        _clipNorm = clipNorm;
        _device = task.Trained.Values.device;
        _optimizer = new AdamW(task.Trained, settings, task.Followed, task.IsTrained);
    }

    public RunLength Length { get; }

    public RunCounters Counters { get; private set; } = RunCounters.Start;

    public bool IsComplete => Counters.Step >= Length.Steps;

    public IEnumerable<SavedBuffer> State()
    {
        foreach (SavedBuffer buffer in SavedBuffer.Of(_task.Trained, _optimizer)) yield return buffer;
        if (_task.Followed is null) yield break;
        foreach (SavedBuffer buffer in SavedBuffer.Of(_task.Followed)) yield return buffer;
    }

    public void Restore(string checkpoint)
    {
        Counters = RunCheckpoints.Restore(checkpoint, State());
        _optimizer.Steps = Counters.Step;
        _task.Trained.RefreshCopies();
        _task.Followed?.RefreshCopies();
    }

    /// <summary>Goes on from what another program saved.</summary>
    /// <param name="fill">Fills networks and optimiser, and says where the run stood.</param>
    public void Adopt(Func<AdamW, RunCounters> fill) => Counters = fill(_optimizer);

    public IEnumerable<StepReport> Steps(Func<long, bool> wantsFigures, CancellationToken cancellation)
    {
        if (IsComplete) yield break;
        using IEnumerator<TrainingBatch<TTarget>> batches = _loader.Read(Counters.Epoch, Counters.StepOfEpoch * Length.BatchesPerStep, cancellation).GetEnumerator();
        while (!IsComplete)
        {
            cancellation.ThrowIfCancellationRequested();
            yield return Step(batches, wantsFigures(Counters.Step + 1) ? [] : null);
        }
    }

    public void Dispose() => _optimizer.Dispose();

    private StepReport Step(IEnumerator<TrainingBatch<TTarget>> batches, List<MetricValue>? figures)
    {
        ScheduleValues rates = _schedules.At(Counters.Step);
        int batchesOfStep = (int)Math.Min(Length.BatchesPerStep, Length.BatchesPerEpoch - Counters.StepOfEpoch * Length.BatchesPerStep);
        int batchSize = Length.PicturesPerStep / Length.BatchesPerStep;
        double loss = 0;
        TimeSpan waited = TimeSpan.Zero;
        for (int number = 0; number < batchesOfStep; number++)
        {
            if (!batches.MoveNext()) throw new InvalidOperationException("the pictures ended before the run.");
            using TrainingBatch<TTarget> batch = batches.Current;
            waited += batch.Waited;
            bool isLast = number == batchesOfStep - 1;
            loss += Backward(batch, new BatchPlace(Counters.Step, number * batchSize, batchesOfStep * batchSize), batchesOfStep, isLast ? figures : null);
            if (!double.IsFinite(loss)) throw RunThrow.NotFinite(Counters.Step + 1, Counters.Epoch, rates.LearningRate, loss, Names(batch));
        }
        double? norm = Update(rates, figures);
        bool endsEpoch = Counters.StepOfEpoch + 1 == Length.StepsPerEpoch;
        StepReport report = new(Counters.Step + 1, Counters.Epoch, endsEpoch, loss, rates, norm, Counters.Pictures + (long)batchesOfStep * batchSize, waited, figures ?? []);
        Counters = new RunCounters(report.Step, Counters.Epoch + (endsEpoch ? 1 : 0), endsEpoch ? 0 : Counters.StepOfEpoch + 1, report.Pictures);
        return report;
    }

    private double Backward(TrainingBatch<TTarget> batch, BatchPlace place, int batchesOfStep, List<MetricValue>? figures)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor images = tensor(batch.Pixels, [.. batch.Shape.Dimensions]).to(_device);
        return _task.Backward(images, batch, place, 1.0 / batchesOfStep, figures) / batchesOfStep;
    }

    private double? Update(ScheduleValues rates, List<MetricValue>? figures)
    {
        double? norm = _clipNorm is not null || figures is not null ? _optimizer.GradientNorm() : null;
        if (norm is { } found && !double.IsFinite(found)) throw RunThrow.NotFinite(Counters.Step + 1, Counters.Epoch, rates.LearningRate, found, "of this step", "gradient norm");
        figures?.AddRange(_task.GradientFigures());
        double scale = _clipNorm is { } limit ? AdamW.ClipFactor(norm!.Value, limit) : 1;
        _optimizer.Step(rates.LearningRate, [.. _decayRatios.Select(ratio => ratio * rates.WeightDecay)], rates.Momentum, scale, _rateScales);
        return norm;
    }

    private static string Names(TrainingBatch batch) => batch.Samples.Length > 1 ? $"{batch.NameOf(0)} to {batch.NameOf(batch.Samples.Length - 1)}" : batch.NameOf(0);
}
