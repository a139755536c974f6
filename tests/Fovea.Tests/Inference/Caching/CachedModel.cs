using Fovea.Checkpoints;
using Fovea.Graphs;
using Fovea.Inference;
using Fovea.Tests.Encoder;
using Microsoft.ML.OnnxRuntime;

namespace Fovea.Tests.Inference.Caching;

/// <summary>The small golden network, opened as by one start of a program, with a cache.</summary>
internal sealed class CachedModel : IDisposable
{
    private readonly ModelFile _model;
    private readonly Int8Weights? _int8;
    private readonly GraphCache? _cache;
    private readonly PrePackedWeightsContainer _packed = new();

    public CachedModel(GraphCache? cache, string? path = null, bool isInt8 = false)
    {
        _model = ModelFile.Open(path ?? TinyModel.Path, "vit_reg4_m16_rms_avg");
        _int8 = isInt8 || _model.Precision == Precision.Int8 ? Int8Weights.Of(_model, ByteProducts.LargestWeight) : null;
        _cache = cache;
    }

    public GraphCacheEntry? Entry(params VitOutput[] outputs) => _cache?.Entry(_model, outputs.Length > 0 ? outputs : [VitOutput.Embedding], _int8?.LargestWeight);

    public NetworkSession Session(params VitOutput[] outputs) =>
        new(_model.Network, _model.Weights, outputs.Length > 0 ? outputs : [VitOutput.Embedding], 1, _packed, _int8, Entry(outputs));

    public float[] Embed()
    {
        using NetworkSession session = Session();
        return session.Run(Image(), 1)[0];
    }

    public float[] Image() =>
        [.. Enumerable.Range(0, _model.Network.Channels * _model.Network.Size.Height * _model.Network.Size.Width).Select(index => (float)Math.Cos(0.05 * index))];

    /// <summary>One start of a program.</summary>
    public static float[] EmbedOnce(GraphCache? cache, string? path = null, bool isInt8 = false)
    {
        using CachedModel model = new(cache, path, isInt8);
        return model.Embed();
    }

    public void Dispose()
    {
        _packed.Dispose();
        _model.Dispose();
    }
}
