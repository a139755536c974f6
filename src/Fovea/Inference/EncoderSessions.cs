using Fovea.Checkpoints;
using Fovea.Graphs;
using Fovea.Native;
using Microsoft.ML.OnnxRuntime;

namespace Fovea.Inference;

/// <summary>A model's sessions: one for each set of outputs and each number of threads, made when first asked for. Safe to use from many threads.</summary>
/// <remarks>Disposing while runs are under way lets them finish: the last of them frees the model.</remarks>
internal sealed class EncoderSessions : IDisposable
{
    private readonly ModelFile _model;
    private readonly Int8Weights? _int8;
    private readonly GraphCache? _cache;
    private readonly PrePackedWeightsContainer _packed;
    private readonly SharedSessions<SessionKey, NetworkSession> _sessions;

    /// <param name="model">The model, which the sessions own from now on.</param>
    /// <param name="int8">The matrices to multiply as bytes; null for float32.</param>
    /// <param name="cache">Where optimised graphs are kept between starts; null: nowhere.</param>
    public EncoderSessions(ModelFile model, Int8Weights? int8, GraphCache? cache)
    {
        _model = model;
        _int8 = int8;
        _cache = cache;
        _packed = NativeHalf.OnnxRuntime.Use(() => new PrePackedWeightsContainer());
        // By name, as the caller knows it: this folder lies below the public face.
        _sessions = new SharedSessions<SessionKey, NetworkSession>("ImageEncoder", Free);
    }

    /// <summary>Runs one picture.</summary>
    /// <param name="image">[channels, height, width], normalised.</param>
    /// <param name="outputs">What to compute.</param>
    /// <param name="threads">Threads inside the run: 1 for many callers, all cores for one picture's latency.</param>
    /// <param name="cancellation">Ends the run within one operator.</param>
    /// <returns>One array per output, row-major.</returns>
    /// <exception cref="ObjectDisposedException">The model was disposed.</exception>
    public float[][] Run(ReadOnlyMemory<float> image, IReadOnlyList<VitOutput> outputs, int threads, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        // The same outputs in another order are the same session, here and in the cache.
        VitOutput[] ordered = [.. outputs.OrderBy(output => output.Name, StringComparer.Ordinal)];
        SessionKey key = new(string.Join(' ', ordered.Select(output => output.Name)), threads);
        float[][] results = _sessions.Use(key, () => NativeHalf.OnnxRuntime.Use(() => Make(ordered, threads)), session => session.Run(image, 1, cancellation));
        return [.. outputs.Select(output => results[Array.IndexOf(ordered, output)])];
    }

    /// <summary>A copy of the numbers of a parameter that is float32; empty where there is none of that key.</summary>
    public ReadOnlyMemory<float> Parameter(string key) => _model.Weights.TryGetValue(key, out Weight weight) ? weight.Values.ToArray() : default;

    public void Dispose() => _sessions.Dispose();

    private NetworkSession Make(IReadOnlyList<VitOutput> outputs, int threads) =>
        new(_model.Network, _model.Weights, outputs, threads, _packed, _int8, _cache?.Entry(_model, outputs, _int8?.LargestWeight));

    private void Free()
    {
        _packed.Dispose();
        _model.Dispose();
    }

    private readonly record struct SessionKey(string Outputs, int Threads);
}
