using Fovea.Checkpoints;
using Fovea.Networks;
using Fovea.Tests.Encoder;
using Fovea.Tests.Graphs;

namespace Fovea.Tests.Samples;

/// <summary>The model card's snippets, run on the full network with formula weights.</summary>
public class ModelCardTests
{
    [Fact]
    public void Snippets_print_what_the_model_card_prints()
    {
        using TemporaryFolder folder = new();
        string model = folder.File("vit_reg4_m16_rms_avg_formula.safetensors"), picture = folder.File("picture.png");
        VitNetwork network = new(NamedNetworks.Get("vit_reg4_m16_rms_avg"), ImageSize.Square(224));
        ModelDescription description = new() { Network = "vit_reg4_m16_rms_avg", Config = network.Config, ImageSize = network.Size, Channels = ChannelStatistics.Birder };
        using (FileStream stream = File.Create(model))
        {
            SafetensorsWriter.Write(
                stream,
                FormulaWeights.Of(network).Select(pair => SafetensorsSource.Of(pair.Key, pair.Value)),
                new Dictionary<string, string> { [ModelDescriptionJson.Key] = ModelDescriptionJson.Write(description).ToJsonString() });
        }
        File.WriteAllBytes(picture, TinyModel.Png([.. FormulaWeights.Picture(0, 224).Select(pixel => (float)pixel)], 224, 224));

        TextWriter console = Console.Out;
        using StringWriter printed = new() { NewLine = "\n" };
        Console.SetOut(printed);
        try
        {
            ModelCard.ImageEmbeddings.Run(model, picture);
            ModelCard.DetectionFeatureMap.Run(model, picture);
        }
        finally
        {
            Console.SetOut(console);
        }
        Assert.Equal("(1, 512)\n[('neck', [1, 512, 14, 14])]\n", printed.ToString());
    }
}
