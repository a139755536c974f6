using Fovea.Checkpoints;
using Fovea.Networks;

namespace Fovea.Tests.Checkpoints.Models;

/// <summary>A model file of the right size whose weights are holes: zeros that take no room on the disk.</summary>
internal static class SparseModel
{
    public static void Write(string path, string name, VitNetwork network)
    {
        ModelDescription description = new()
        {
            Network = name,
            Config = network.Config,
            ImageSize = network.Size,
            Channels = ChannelStatistics.Clip,
            Outputs = network.Classes,
        };
        using FileStream stream = File.Create(path);
        SafetensorsWriter.Write(
            stream,
            VitParameters.Of(network).Select(parameter => new SafetensorsSource(parameter.Key, ElementType.Float32, parameter.Shape, hole => hole.Seek(4 * parameter.Shape.ElementCount, SeekOrigin.Current))),
            new Dictionary<string, string> { [ModelDescriptionJson.Key] = ModelDescriptionJson.Write(description).ToJsonString() });
        stream.SetLength(stream.Position);
    }
}
