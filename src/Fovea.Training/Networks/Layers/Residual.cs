using Fovea.Training.Tensors;
using static TorchSharp.torch;

namespace Fovea.Training.Networks;

/// <summary>The residual stream between two layers, with what the first adds to it not yet added: the norm of the second does it in passing.</summary>
/// <param name="Stream">[batch, tokens, width], float32.</param>
/// <param name="Added">The same shape, in the type of products; null: nothing.</param>
internal readonly record struct Residual(Tensor Stream, Tensor? Added = null)
{
    /// <summary>The stream with its addition made.</summary>
    public Tensor Sum => Added is null ? Stream : Stream.Plus(Added);

    public Residual MoveToOuterScope() => new(Stream.MoveToOuterDisposeScope(), Added?.MoveToOuterDisposeScope());

    /// <summary>Frees both; backward keeps for itself what it needs.</summary>
    public void Free()
    {
        Stream.Dispose();
        Added?.Dispose();
    }
}
