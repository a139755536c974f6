using System.Runtime.InteropServices;
using Fovea.Checkpoints;
using Fovea.Graphs;
using Fovea.Networks;
using Microsoft.ML.OnnxRuntime;

namespace Fovea.Inference;

/// <summary>One network, ready to run for one choice of outputs. Safe to call from many threads at once.</summary>
/// <remarks>
/// The weights are handed to the runtime as they lie in memory or in the mapped file, so that sessions of one model share them;
/// <see cref="PrePackedWeightsContainer"/> lets them share the rearranged copies too. Weights and container must outlive the session.
/// </remarks>
internal sealed class NetworkSession : IDisposable
{
    private readonly InferenceSession _session;
    private readonly List<OrtValue> _weights = [];
    private readonly int _channels;
    private readonly ImageSize _size;
    private readonly string[] _outputs;
    private readonly int _largestBatch;

    /// <param name="network">The network, at the picture size wanted.</param>
    /// <param name="weights">Every parameter of its contract.</param>
    /// <param name="outputs">What to compute, in the order in which <see cref="Run"/> gives it.</param>
    /// <param name="threads">Threads inside one call: 1 for many callers, all cores for one picture's latency.</param>
    /// <param name="packed">Shared by all sessions of these weights.</param>
    /// <param name="int8">The matrices to multiply as bytes, shared by all sessions of these weights; null for float32.</param>
    /// <param name="cached">Where the optimised graph is kept between starts; null: nowhere.</param>
    public NetworkSession(
        VitNetwork network,
        IReadOnlyDictionary<string, Weight> weights,
        IReadOnlyList<VitOutput> outputs,
        int threads,
        PrePackedWeightsContainer packed,
        Int8Weights? int8 = null,
        GraphCacheEntry? cached = null)
    {
        (_channels, _size) = (network.Channels, network.Size);
        _outputs = [.. outputs.Select(output => output.Name)];
        _largestBatch = int8 is null ? int.MaxValue : 1;
        _session = cached?.Open(threads) ?? Make(VitGraph.Write(network, weights, outputs, int8), threads, packed, cached);
    }

    /// <param name="graph">Any graph whose input is a picture.</param>
    /// <param name="network">The encoder in it, which tells the picture's shape.</param>
    /// <param name="outputs">Names of what to compute, in the order in which <see cref="Run"/> gives it.</param>
    /// <param name="threads">Threads inside one call.</param>
    /// <param name="packed">Shared by all sessions of these weights.</param>
    public NetworkSession(OnnxGraph graph, VitNetwork network, IReadOnlyList<string> outputs, int threads, PrePackedWeightsContainer packed)
    {
        (_channels, _size) = (network.Channels, network.Size);
        _outputs = [.. outputs];
        _largestBatch = int.MaxValue;
        _session = Make(graph, threads, packed, cached: null);
    }

    /// <summary>Runs a batch of pictures; results do not depend on their neighbours beyond the rounding of float32, and in int8 not at all.</summary>
    /// <param name="images">[batch, channels, height, width], normalised.</param>
    /// <param name="batch">Number of pictures.</param>
    /// <param name="cancellation">Ends the run within one operator.</param>
    /// <returns>One array per output, [batch, ...] row-major.</returns>
    public float[][] Run(ReadOnlyMemory<float> images, int batch, CancellationToken cancellation = default)
    {
        if (batch <= _largestBatch) return RunOnce(images, batch, cancellation);
        int size = images.Length / batch;
        List<float[][]> results = [];
        for (int picture = 0; picture < batch; picture++) results.Add(RunOnce(images.Slice(picture * size, size), 1, cancellation));
        return [.. _outputs.Select((_, output) => results.SelectMany(result => result[output]).ToArray())];
    }

    public void Dispose()
    {
        _session.Dispose();
        foreach (OrtValue value in _weights) value.Dispose();
    }

    private InferenceSession Make(OnnxGraph graph, int threads, PrePackedWeightsContainer packed, GraphCacheEntry? cached)
    {
        if (cached is not null && cached.Make(graph) && cached.Open(threads) is { } session) return session;
        using SessionOptions options = SessionSettings.Of(threads);
        try
        {
            foreach (OnnxMatrix matrix in graph.Matrices) HandOver(options, matrix);
            return new InferenceSession(graph.ToBytes(), options, packed);
        }
        catch
        {
            foreach (OrtValue value in _weights) value.Dispose();
            throw;
        }
    }

    private void HandOver(SessionOptions options, OnnxMatrix matrix)
    {
        OrtMemoryInfo memory = OrtMemoryInfo.DefaultInstance;
        long[] dimensions = [.. matrix.Shape.Dimensions];
        OrtValue value = matrix switch
        {
            OnnxMatrix<float> floats => OrtValue.CreateTensorValueFromMemory(memory, MemoryMarshal.AsMemory(floats.Values), dimensions),
            OnnxMatrix<sbyte> bytes => OrtValue.CreateTensorValueFromMemory(memory, MemoryMarshal.AsMemory(bytes.Values), dimensions),
            _ => throw new ArgumentException($"'{matrix.Key}' has elements of type {matrix.ElementType}, which no network has.", nameof(matrix)),
        };
        _weights.Add(value);
        options.AddInitializer(matrix.Key, value);
    }

    private float[][] RunOnce(ReadOnlyMemory<float> images, int batch, CancellationToken cancellation)
    {
        using OrtValue input = OrtValue.CreateTensorValueFromMemory(
            OrtMemoryInfo.DefaultInstance, MemoryMarshal.AsMemory(images), [batch, _channels, _size.Height, _size.Width]);
        using RunOptions options = new();
        using CancellationTokenRegistration registration = cancellation.Register(() => options.Terminate = true);
        try
        {
            using IDisposableReadOnlyCollection<OrtValue> results = _session.Run(options, [VitGraph.ImageInput], [input], _outputs);
            return [.. results.Select(result => result.GetTensorDataAsSpan<float>().ToArray())];
        }
        catch (OnnxRuntimeException) when (cancellation.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellation);
        }
        catch (OnnxRuntimeException failure) when (failure.Message.Contains("Failed to allocate memory", StringComparison.Ordinal))
        {
            throw new InsufficientMemoryException($"pictures of {_size} need more memory than there is; choose a smaller picture size or fewer threads.", failure);
        }
    }
}
