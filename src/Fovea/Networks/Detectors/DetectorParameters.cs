using System.Globalization;

namespace Fovea.Networks;

/// <summary>The parameter contract of a detector: every key and shape of encoder, pyramid and head, for graph, trainer and loader.</summary>
internal static class DetectorParameters
{
    /// <summary>What stands in front of the encoder's keys.</summary>
    public const string BackbonePrefix = "backbone.";

    /// <summary>What stands in front of the pyramid's keys.</summary>
    public const string PyramidPrefix = "pyramid.";

    /// <summary>What stands in front of the head's keys.</summary>
    public const string HeadPrefix = "head.";

    private const int Kernel = 3;

    /// <summary>All parameters: the encoder's first.</summary>
    /// <param name="encoder">The encoder, without a head of its own.</param>
    /// <param name="detector">What stands on it.</param>
    /// <param name="classes">Outputs of the head.</param>
    public static IReadOnlyList<Parameter> Of(VitNetwork encoder, DetectorConfig detector, int classes) =>
        [.. VitParameters.Of(encoder).Select(parameter => parameter with { Key = BackbonePrefix + parameter.Key }), .. PyramidAndHead(encoder.Config.Width, detector, classes)];

    /// <summary>Those of pyramid and head.</summary>
    /// <param name="encoderWidth">Numbers of a token.</param>
    /// <param name="detector">Their numbers.</param>
    /// <param name="classes">Outputs of the head.</param>
    public static IReadOnlyList<Parameter> PyramidAndHead(int encoderWidth, DetectorConfig detector, int classes)
    {
        List<Parameter> contract = [];
        int width = detector.Width;
        contract.Add(new($"{PyramidPrefix}p3.up.weight", new TensorShape(encoderWidth, encoderWidth / 2, 2, 2)));          // a transposed convolution: [inputs, outputs, 2, 2]
        contract.Add(new($"{PyramidPrefix}p3.up.bias", new TensorShape(encoderWidth / 2)));
        AddLevel("p3", encoderWidth / 2);
        AddLevel("p4", encoderWidth);
        AddLevel("p5", encoderWidth);
        AddConvolution($"{PyramidPrefix}p6", width, width);
        AddConvolution($"{PyramidPrefix}p7", width, width);
        AddTower("class_tower");
        AddConvolution($"{HeadPrefix}class_logits", classes, width);
        AddTower("box_tower");
        AddConvolution($"{HeadPrefix}distances", 4, width);
        AddConvolution($"{HeadPrefix}centre_logits", 1, width);
        return contract;

        void AddLevel(string level, int inputs)
        {
            contract.Add(new($"{PyramidPrefix}{level}.reduce.weight", new TensorShape(width, inputs, 1, 1)));
            AddNorm($"{PyramidPrefix}{level}.reduce_norm");
            contract.Add(new($"{PyramidPrefix}{level}.smooth.weight", new TensorShape(width, width, Kernel, Kernel)));
            AddNorm($"{PyramidPrefix}{level}.smooth_norm");
        }

        void AddTower(string tower)
        {
            for (int layer = 0; layer < detector.Depth; layer++)
            {
                string prefix = string.Create(CultureInfo.InvariantCulture, $"{HeadPrefix}{tower}.{layer}");
                AddConvolution($"{prefix}.conv", width, width);
                AddNorm($"{prefix}.norm");
            }
        }

        void AddConvolution(string prefix, int outputs, int inputs)
        {
            contract.Add(new($"{prefix}.weight", new TensorShape(outputs, inputs, Kernel, Kernel)));
            contract.Add(new($"{prefix}.bias", new TensorShape(outputs)));
        }

        void AddNorm(string prefix)
        {
            contract.Add(new($"{prefix}.weight", new TensorShape(width)));
            contract.Add(new($"{prefix}.bias", new TensorShape(width)));
        }
    }
}
