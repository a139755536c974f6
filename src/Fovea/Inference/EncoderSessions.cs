using Fovea.Checkpoints;
using Fovea.Graphs;
using Microsoft.ML.OnnxRuntime;

namespace Fovea.Inference;

/// <summary>A model's sessions: one for each set of outputs and each number of threads, made when first asked for. Safe to use from many threads.</summary>
/// <param name="model">The model, which the sessions own from now on.</param>
/// <param name="int8">The matrices to multiply as bytes; null for float32.</param>
/// <param name="cache">Where optimised graphs are kept between starts; null: nowhere.</param>
/// <remarks>Disposing while runs are under way lets them finish: the last of them frees the model.</remarks>
internal sealed class EncoderSessions(ModelFile model, Int8Weights? int8, GraphCache? cache) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<SessionKey, NetworkSession> _sessions = [];
    private readonly PrePackedWeightsContainer _packed = NativeRuntime.Use(() => new PrePackedWeightsContainer());
    private int _running;
    private bool _isDisposed;

    /// <summary>Runs one picture.</summary>
    /// <param name="image">[channels, height, width], normalised.</param>
    /// <param name="outputs">What to compute.</param>
    /// <param name="threads">Threads inside the run: 1 for many callers, all cores for one picture's latency.</param>
    /// <param name="cancellation">Ends the run within one operator.</param>
    /// <returns>One array per output, row-major.</returns>
    /// <exception cref="ObjectDisposedException">The encoder was disposed.</exception>
    public float[][] Run(ReadOnlyMemory<float> image, IReadOnlyList<VitOutput> outputs, int threads, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        NetworkSession session = Enter(new SessionKey(string.Join(' ', outputs.Select(output => output.Name)), threads), outputs);
        try
        {
            return session.Run(image, 1, cancellation);
        }
        finally
        {
            Leave();
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            if (_isDisposed) return;
            _isDisposed = true;
            if (_running == 0) Free();
        }
    }

    // A session is made inside the lock: two threads that want the same one must not both make it.
    private NetworkSession Enter(SessionKey key, IReadOnlyList<VitOutput> outputs)
    {
        lock (_gate)
        {
            if (_isDisposed) throw Disposed();
            if (!_sessions.TryGetValue(key, out NetworkSession? session))
            {
                session = NativeRuntime.Use(() => Make(outputs, key.Threads));
                _sessions.Add(key, session);
            }
            _running++;
            return session;
        }
    }

    private NetworkSession Make(IReadOnlyList<VitOutput> outputs, int threads) =>
        new(model.Network, model.Weights, outputs, threads, _packed, int8, cache?.Entry(model, outputs, int8?.LargestWeight));

    // By name, as the caller knows it: this folder lies below the public face.
    private static ObjectDisposedException Disposed() => new("ImageEncoder");

    private void Leave()
    {
        lock (_gate)
        {
            _running--;
            if (_isDisposed && _running == 0) Free();
        }
    }

    private void Free()
    {
        foreach (NetworkSession session in _sessions.Values) session.Dispose();
        _packed.Dispose();
        model.Dispose();
    }

    private readonly record struct SessionKey(string Outputs, int Threads);
}
