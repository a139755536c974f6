using Fovea.Networks;

namespace Fovea.Training.Optimization;

/// <summary>Where a parameter lies in the flat buffers.</summary>
/// <param name="Parameter">Its key and shape.</param>
/// <param name="Offset">Its first element.</param>
/// <param name="IsProduct">Whether it is the matrix or the bias of a product, which bfloat16 training multiplies in bfloat16.</param>
internal readonly record struct ParameterSlice(Parameter Parameter, long Offset, bool IsProduct)
{
    public long Length => Parameter.Shape.ElementCount;
}
