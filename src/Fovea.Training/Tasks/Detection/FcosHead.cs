using System.Globalization;
using Fovea.Networks;
using Fovea.Training.Networks;
using static TorchSharp.torch;
using Functional = TorchSharp.torch.nn.functional;

namespace Fovea.Training.Tasks;

/// <summary>
/// The head of FCOS (Tian et al. 2019, fig. 2), the same for all levels: one tower for classes, one for boxes, which also tells centre-ness (Tian et al. 2020).
/// As in the reference, and unlike the papers, distances pass a ReLU and no level has a factor of its own.
/// </summary>
/// <param name="parameters">The keys below `head.`.</param>
/// <param name="depth">Convolutions of a tower.</param>
internal sealed class FcosHead(ParameterScope parameters, int depth)
{
    private readonly Tower _classTower = new(parameters.Below("class_tower"), depth), _boxTower = new(parameters.Below("box_tower"), depth);
    private readonly Convolution _classes = new(parameters.Below("class_logits")), _distances = new(parameters.Below("distances")), _centres = new(parameters.Below("centre_logits"));

    /// <summary>What is said at every place of all levels, the finest level first, row by row.</summary>
    /// <param name="levels">Each [batch, width, rows, columns].</param>
    public FcosOutputs Forward(IReadOnlyList<Tensor> levels)
    {
        List<Tensor> classes = [], distances = [], centres = [];
        foreach (Tensor level in levels)
        {
            Tensor boxes = _boxTower.Forward(level);
            classes.Add(Places(_classes.Forward(_classTower.Forward(level))));
            distances.Add(Functional.relu(Places(_distances.Forward(boxes))));
            centres.Add(Places(_centres.Forward(boxes)));
        }
        return new FcosOutputs(cat(classes, 1), cat(distances, 1), cat(centres, 1).squeeze(-1));
    }

    // The loss is float32 whatever the products are computed in.
    private static Tensor Places(Tensor map) => map.permute(0, 2, 3, 1).flatten(1, 2).to(ScalarType.Float32);

    private sealed class Tower(ParameterScope parameters, int depth)
    {
        private const double Epsilon = 1e-5;

        private readonly (Convolution Convolution, Tensor Weight, Tensor Bias)[] _layers = [.. Enumerable.Range(0, depth)
            .Select(layer => parameters.Below(layer.ToString(CultureInfo.InvariantCulture)))
            .Select(layer => (new Convolution(layer.Below("conv")), layer.Below("norm")["weight"], layer.Below("norm")["bias"]))];

        public Tensor Forward(Tensor x)
        {
            foreach ((Convolution convolution, Tensor weight, Tensor bias) in _layers)
            {
                x = Functional.relu(Functional.group_norm(convolution.Forward(x).to(ScalarType.Float32), DetectorConfig.Groups, weight, bias, Epsilon));
            }
            return x;
        }
    }
}

/// <summary>What the head says, before sigmoid.</summary>
/// <param name="ClassLogits">[batch, places, classes].</param>
/// <param name="Distances">[batch, places, 4]: left, top, right, bottom, in cells, 0 or more.</param>
/// <param name="CentreLogits">[batch, places].</param>
internal sealed record FcosOutputs(Tensor ClassLogits, Tensor Distances, Tensor CentreLogits)
{
    public FcosOutputs Map(Func<Tensor, Tensor> function) => new(function(ClassLogits), function(Distances), function(CentreLogits));
}
