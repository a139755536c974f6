using System.Globalization;
using Fovea.Checkpoints;
using Fovea.Networks;

namespace Fovea.Graphs;

/// <summary>
/// A whole detector as an ONNX graph: encoder, simple feature pyramid (Li et al. 2022, ViTDet, sec. 3), FCOS head (Tian et al. 2019). It ends where boxes
/// begin: what a head says at every place, the finest level first, row by row; decoding is the reader's.
/// </summary>
internal sealed class DetectorGraph
{
    /// <summary>The output [batch, places, classes], before sigmoid.</summary>
    public const string ClassLogits = "class_logits";

    /// <summary>The output [batch, places, 4]: left, top, right, bottom, in cells.</summary>
    public const string Distances = "distances";

    /// <summary>The output [batch, places], before sigmoid.</summary>
    public const string CentreLogits = "centre_logits";

    private const double PyramidEpsilon = 1e-6, HeadEpsilon = 1e-5;

    private readonly OnnxGraph _graph;
    private readonly DetectorConfig _config;
    private readonly int _classes;
    private readonly ParameterLookup _pyramid, _head;

    private DetectorGraph(OnnxGraph graph, DetectorConfig config, int classes, ParameterLookup parameters)
    {
        (_graph, _config, _classes) = (graph, config, classes);
        (_pyramid, _head) = (parameters.Below("pyramid"), parameters.Below("head"));
    }

    /// <summary>Writes the graph; its input is <see cref="VitGraph.ImageInput"/>.</summary>
    /// <param name="encoder">The encoder at the detector's picture size.</param>
    /// <param name="config">Pyramid and head.</param>
    /// <param name="classes">Outputs of the head.</param>
    /// <param name="weights">Every parameter of <see cref="DetectorParameters"/>, by key.</param>
    public static OnnxGraph Write(VitNetwork encoder, DetectorConfig config, int classes, IReadOnlyDictionary<string, Weight> weights)
    {
        OnnxGraph graph = new("detector");
        ParameterLookup parameters = new(graph, weights, int8: null);
        DetectorGraph detector = new(graph, config, classes, parameters);
        Value map = VitGraph.WriteMap(graph, encoder, parameters.Below("backbone"), config.NormsFeatures);
        int places = DetectorConfig.GridsOf(encoder.Grid).Sum(grid => grid.Patches);
        detector.WriteHead(detector.Pyramid(map), places);
        return graph;
    }

    // No activation after the norms; P7 is made of what is above 0 in P6.
    private Value[] Pyramid(Value map)
    {
        Value p3 = Level("p3", _pyramid.Doubling(map, "p3.up")), p4 = Level("p4", map), p5 = Level("p5", _graph.Halving(map));
        Value p6 = _pyramid.Convolution(p5, "p6", stride: 2);
        return [p3, p4, p5, p6, _pyramid.Convolution(_graph.Relu(p6), "p7", stride: 2)];
    }

    private Value Level(string level, Value map)                                   // [batch, width, rows, columns]
    {
        map = Norm(_pyramid.Convolution(map, $"{level}.reduce", hasBias: false), $"{level}.reduce_norm");
        return Norm(_pyramid.Convolution(map, $"{level}.smooth", hasBias: false), $"{level}.smooth_norm");
    }

    // Over the channels of each position.
    private Value Norm(Value map, string layer) =>
        _graph.Transpose(_pyramid.Norm(_graph.Transpose(map, 0, 2, 3, 1), layer, NormType.LayerNorm, PyramidEpsilon), 0, 3, 1, 2);

    private void WriteHead(Value[] levels, int places)
    {
        Value[] boxes = [.. levels.Select(level => Tower("box_tower", level))];
        Give(ClassLogits, levels.Select(level => Places(_head.Convolution(Tower("class_tower", level), "class_logits"), _classes)), places, _classes);
        Give(Distances, boxes.Select(box => _graph.Relu(Places(_head.Convolution(box, "distances"), 4))), places, 4);
        Value centres = _graph.Concat(1, [.. boxes.Select(box => Places(_head.Convolution(box, "centre_logits"), 1))]);
        _graph.Output(CentreLogits, _graph.Reshape(centres, 0, -1), "batch", places);
    }

    private Value Tower(string tower, Value x)
    {
        for (int layer = 0; layer < _config.Depth; layer++)
        {
            string key = string.Create(CultureInfo.InvariantCulture, $"{tower}.{layer}");
            x = _graph.Relu(_head.GroupNorm(_head.Convolution(x, $"{key}.conv"), $"{key}.norm", DetectorConfig.Groups, HeadEpsilon));
        }
        return x;
    }

    private Value Places(Value map, int numbers) => _graph.Reshape(_graph.Transpose(map, 0, 2, 3, 1), 0, -1, numbers);      // [batch, places, numbers]

    private void Give(string name, IEnumerable<Value> levels, int places, int numbers) => _graph.Output(name, _graph.Concat(1, [.. levels]), "batch", places, numbers);
}
