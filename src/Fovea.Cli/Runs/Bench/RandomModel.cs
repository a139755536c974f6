using Fovea.Checkpoints;
using Fovea.Networks;

namespace Fovea.Cli.Runs.Bench;

/// <summary>The flagship with random weights, in a temporary file: what a network costs does not depend on what it has learned.</summary>
internal sealed class RandomModel : IDisposable
{
    private const string Flagship = "vit_reg4_m16_rms_avg";
    private const int Side = 224;

    private readonly string _folder = Directory.CreateTempSubdirectory("fovea-bench-").FullName;

    public RandomModel()
    {
        VitNetwork network = new(NamedNetworks.Get(Flagship), ImageSize.Square(Side));
        Path = System.IO.Path.Combine(_folder, "random.safetensors");
        ModelDescription description = new() { Network = Flagship, Config = network.Config, ImageSize = network.Size, Channels = ChannelStatistics.Birder };
        using FileStream stream = new(Path, FileMode.CreateNew, FileAccess.Write);
        SafetensorsWriter.Write(
            stream,
            VitParameters.Of(network).Select((parameter, number) => SafetensorsSource.Of(parameter.Key, new Weight(parameter.Shape, Values(parameter, number)))),
            new Dictionary<string, string> { [ModelDescriptionJson.Key] = ModelDescriptionJson.Write(description).ToJsonString() });
    }

    public string Path { get; }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    // Uniform within one over the root of a row's length, so that activations stay of one size; norms begin at 1.
    private static float[] Values(Parameter parameter, int number)
    {
        float[] values = new float[parameter.Shape.ElementCount];
        if (parameter.Shape.Rank == 1 && parameter.Key.EndsWith(".weight", StringComparison.Ordinal))
        {
            Array.Fill(values, 1);
            return values;
        }
        double limit = Math.Pow(Math.Max(1, parameter.Shape.ElementCount / parameter.Shape[0]), -0.5);
        Random random = new(number);
        for (int index = 0; index < values.Length; index++) values[index] = (float)(limit * (2 * random.NextDouble() - 1));
        return values;
    }
}
