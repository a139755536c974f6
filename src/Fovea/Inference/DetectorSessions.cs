using Fovea.Checkpoints;
using Fovea.Graphs;
using Fovea.Native;
using Microsoft.ML.OnnxRuntime;

namespace Fovea.Inference;

/// <summary>A detector's sessions: one for each number of threads, made when first asked for. Safe to use from many threads.</summary>
/// <remarks>Disposing while runs are under way lets them finish: the last of them frees the model.</remarks>
internal sealed class DetectorSessions : IDisposable
{
    private static readonly string[] Outputs = [DetectorGraph.ClassLogits, DetectorGraph.Distances, DetectorGraph.CentreLogits];

    private readonly ModelFile _model;
    private readonly PrePackedWeightsContainer _packed;
    private readonly SharedSessions<int, NetworkSession> _sessions;

    /// <param name="model">The detector, which the sessions own from now on.</param>
    public DetectorSessions(ModelFile model)
    {
        _model = model;
        _packed = NativeHalf.OnnxRuntime.Use(() => new PrePackedWeightsContainer());
        _sessions = new SharedSessions<int, NetworkSession>("ObjectDetector", Free);
    }

    /// <summary>Runs one picture.</summary>
    /// <param name="image">[channels, height, width], normalised.</param>
    /// <param name="threads">Threads inside the run.</param>
    /// <param name="cancellation">Ends the run within one operator.</param>
    /// <returns>Class logits [places, classes], distances [places, 4], centre logits [places].</returns>
    /// <exception cref="ObjectDisposedException">The detector was disposed.</exception>
    public float[][] Run(ReadOnlyMemory<float> image, int threads, CancellationToken cancellation) =>
        _sessions.Use(threads, () => NativeHalf.OnnxRuntime.Use(() => Make(threads)), session => session.Run(image, 1, cancellation));

    public void Dispose() => _sessions.Dispose();

    private NetworkSession Make(int threads) =>
        new(DetectorGraph.Write(_model.Network, _model.Description.Detector!, _model.Description.Outputs, _model.Weights), _model.Network, Outputs, threads, _packed);

    private void Free()
    {
        _packed.Dispose();
        _model.Dispose();
    }
}
