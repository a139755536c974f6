using Fovea.Networks;
using Fovea.Training.Networks;
using static TorchSharp.torch;
using Functional = TorchSharp.torch.nn.functional;

namespace Fovea.Training.Tasks;

/// <summary>
/// The simple feature pyramid of Li et al. 2022 (ViTDet, sec. 3): every level is made from the encoder's last map alone, without any top-down way; P6 and P7
/// as in FCOS. Norms are over the channels of each position, so that small batches do not matter.
/// </summary>
/// <param name="parameters">The keys below `pyramid.`.</param>
internal sealed class FeaturePyramid(ParameterScope parameters)
{
    private readonly Doubling _up = new(parameters.Below("p3").Below("up"));
    private readonly PyramidLevel _p3 = new(parameters.Below("p3")), _p4 = new(parameters.Below("p4")), _p5 = new(parameters.Below("p5"));
    private readonly Convolution _p6 = new(parameters.Below("p6"), stride: 2), _p7 = new(parameters.Below("p7"), stride: 2);

    /// <summary>All levels from fine to coarse.</summary>
    /// <param name="map">[batch, encoder width, rows, columns].</param>
    /// <returns>P3 to P7, each [batch, width, its rows, its columns]: <see cref="DetectorConfig.GridsOf"/>.</returns>
    public Tensor[] Forward(Tensor map)
    {
        Tensor p3 = _p3.Forward(_up.Forward(map)), p4 = _p4.Forward(map), p5 = _p5.Forward(Functional.max_pool2d(map, 2, 2));
        Tensor p6 = _p6.Forward(p5);
        return [p3, p4, p5, p6, _p7.Forward(Functional.relu(p6))];
    }
}

/// <summary>What the three levels around the encoder's map have in common: 1 x 1, norm, 3 x 3, norm, and no activation.</summary>
internal sealed class PyramidLevel(ParameterScope parameters)
{
    private const double Epsilon = 1e-6;

    private readonly Convolution _reduce = new(parameters.Below("reduce")), _smooth = new(parameters.Below("smooth"));
    private readonly Norm _reduceNorm = new(parameters.Below("reduce_norm"), NormType.LayerNorm, Epsilon), _smoothNorm = new(parameters.Below("smooth_norm"), NormType.LayerNorm, Epsilon);

    public Tensor Forward(Tensor map) => Normed(_smoothNorm, _smooth.Forward(Normed(_reduceNorm, _reduce.Forward(map))));

    private static Tensor Normed(Norm norm, Tensor map) => norm.Forward(map.permute(0, 2, 3, 1)).permute(0, 3, 1, 2);
}
