using Fovea.Checkpoints;
using Fovea.Graphs;
using Fovea.Networks;

namespace Fovea.Tests.Export;

/// <summary>The smallest network there is, as an exported file of a few kilobytes: every byte of it can be tried.</summary>
internal static class SmallestModel
{
    /// <summary>The model with its matrices in it.</summary>
    public static byte[] Export(Precision precision = Precision.Float32) => Write(precision, (graph, file) => graph.Write(file));

    /// <summary>The model and its matrices.</summary>
    /// <param name="precision">Of the matrices.</param>
    /// <param name="matrixName">Where the model says that they are.</param>
    public static (byte[] Model, byte[] Matrices) ExportApart(Precision precision, string matrixName)
    {
        using MemoryStream matrices = new();
        return (Write(precision, (graph, file) => graph.Write(file, matrices, matrixName)), matrices.ToArray());
    }

    private static byte[] Write(Precision precision, Action<ExportedGraph, Stream> write)
    {
        VitConfig config = NamedNetworks.Get("vit_reg4_m16_rms_avg") with { PatchSize = 2, Depth = 1, Heads = 1, Width = 4, MlpWidth = 4, Registers = 1 };
        ModelDescription description = new() { Network = "vit_reg4_m16_rms_avg", Config = config, ImageSize = ImageSize.Square(4), Channels = ChannelStatistics.Centered, Outputs = 2, ClassNames = ["cat", "dog"] };
        string source = Path.Combine(Path.GetTempPath(), $"fovea-{Guid.NewGuid():N}.safetensors");
        try
        {
            using (FileStream stream = File.Create(source))
            {
                SafetensorsWriter.Write(
                    stream,
                    VitParameters.Of(description.ToNetwork()).Select(parameter => SafetensorsSource.Of(parameter.Key, new Weight(parameter.Shape, Numbers(parameter)))),
                    new Dictionary<string, string> { [ModelDescriptionJson.Key] = ModelDescriptionJson.Write(description).ToJsonString() });
            }
            using ModelFile model = ModelFile.Open(source);
            using MemoryStream file = new();
            write(ExportedGraph.Of(model, precision), file);
            return file.ToArray();
        }
        finally
        {
            File.Delete(source);
        }
    }

    private static float[] Numbers(Parameter parameter) => [.. Enumerable.Range(1, (int)parameter.Shape.ElementCount).Select(number => 0.1f * number - parameter.Key.Length)];
}
