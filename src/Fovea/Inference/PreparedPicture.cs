using Fovea.Graphs;

namespace Fovea.Inference;

/// <summary>A picture as the network takes it, with the sessions that run it: all that lies between decoding and results.</summary>
/// <param name="Sessions">The model's.</param>
/// <param name="Values">[channels, height, width], normalised; valid only while the picture is worked on.</param>
/// <param name="Threads">Threads inside a run: 1 for many callers, all cores for one picture's latency.</param>
/// <param name="Cancellation">Ends a run within one operator.</param>
internal readonly record struct PreparedPicture(EncoderSessions Sessions, ReadOnlyMemory<float> Values, int Threads, CancellationToken Cancellation)
{
    /// <summary>Runs the network on the picture.</summary>
    /// <returns>One array per output, row-major.</returns>
    /// <exception cref="ObjectDisposedException">The model was disposed.</exception>
    public float[][] Run(IReadOnlyList<VitOutput> outputs) => Sessions.Run(Values, outputs, Threads, Cancellation);
}
