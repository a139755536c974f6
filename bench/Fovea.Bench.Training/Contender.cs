using Fovea.Checkpoints;
using Fovea.Networks;
using Fovea.Training.Networks;
using Fovea.Training.Optimization;
using Fovea.Training.Pretraining;
using Fovea.Training.Sharding;
using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Bench.Training;

/// <summary>A way to make training steps.</summary>
internal interface IContender : IDisposable
{
    /// <summary>Forward, backward, AdamW, moving average.</summary>
    /// <returns>The loss before the step.</returns>
    double Step(Tensor images, Tensor contexts, Tensor targets);
}

/// <summary>All ways, by the names that the worker's command line has.</summary>
internal static class Contender
{
    public const double LearningRate = 1e-4, WeightDecay = 0.04, Momentum = 0.996;

    public static IContender Named(string name, Workload workload) => name switch
    {
        "straightforward" => new StraightforwardJepa(workload),
        "fp32" => new FoveaJepa(workload, ComputeType.Float32),
        "bf16" => new FoveaJepa(workload, ComputeType.BFloat16),
        _ => throw new ArgumentException($"'{name}' is no contender: straightforward, fp32 or bf16.", nameof(name)),
    };
}

/// <summary>The step as `fovea-train pretrain` makes it.</summary>
internal sealed class FoveaJepa : IContender
{
    private readonly JepaModel _model;
    private readonly AdamW _optimizer;
    private readonly double[] _decays;

    public FoveaJepa(Workload workload, ComputeType compute)
    {
        NativeHeap.KeepFreedMemory();
        _model = new JepaModel(workload.Network, workload.Predictor, SineCosinePositions.Table(workload.Network.Grid, workload.Predictor.Width), compute, shards: get_num_threads());
        _model.Trained.Load(Start(_model.Trained));
        _model.Followed.Load(Start(_model.Followed));
        _optimizer = new AdamW(_model.Trained, new AdamWSettings(), _model.Followed, JepaModel.IsTrained);
        _decays = [.. _model.Trained.Slices.Select(_ => Contender.WeightDecay)];
    }

    public double Step(Tensor images, Tensor contexts, Tensor targets)
    {
        using DisposeScope scope = NewDisposeScope();
        double loss = _model.Backward(images, contexts, targets).Loss;
        _optimizer.Step(Contender.LearningRate, _decays, Contender.Momentum);
        return loss;
    }

    public void Dispose()
    {
        _optimizer.Dispose();
        _model.Dispose();
    }

    private static Dictionary<string, Weight> Start(FlatParameters parameters)
    {
        using DisposeScope scope = NewDisposeScope();
        return parameters.Slices.ToDictionary(slice => slice.Parameter.Key, slice =>
        {
            string key = new[] { JepaModel.ContextPrefix, JepaModel.TargetPrefix, JepaModel.PredictorPrefix }.Aggregate(slice.Parameter.Key, (name, prefix) => name.StartsWith(prefix, StringComparison.Ordinal) ? name[prefix.Length..] : name);
            if (key.StartsWith("encoder.", StringComparison.Ordinal)) key = key["encoder.".Length..];
            return new Weight(slice.Parameter.Shape, Workload.Start(key, slice.Parameter.Shape).data<float>().ToArray());
        });
    }
}
