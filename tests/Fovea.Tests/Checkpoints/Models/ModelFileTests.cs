using System.Text.Json.Nodes;
using Fovea.Checkpoints;
using Fovea.Networks;

namespace Fovea.Tests.Checkpoints.Models;

/// <summary>From a model file to a description and the parameters of its network.</summary>
public class ModelFileTests
{
    private static string Tiny(string file) => Path.Combine(TestFolders.Golden("vit_tiny"), file);

    private static string Toy(string file) => Path.Combine(TestFolders.Golden("pt_files"), "must_load", file);

    [Theory]
    [InlineData("vit_reg4_m16_rms_avg_emb_5.pt", 0)]
    [InlineData("vit_reg4_m16_rms_avg_emb_5.safetensors", 0)]
    [InlineData("vit_reg4_m16_rms_avg_seven_5.safetensors", 7)]
    public void Description_is_what_the_reference_wrote(string file, int outputs)
    {
        using ModelFile model = ModelFile.Open(Tiny(file));
        ModelDescription description = model.Description;
        Assert.Equal("vit_reg4_m16_rms_avg", description.Network);
        Assert.Equal(ImageSize.Square(64), description.ImageSize);
        Assert.Equal(ChannelStatistics.Birder, description.Channels);
        Assert.Equal((8, 4, 4, 64, 256, 4), (description.Config.PatchSize, description.Config.Depth, description.Config.Heads, description.Config.Width, description.Config.MlpWidth, description.Config.Registers));
        Assert.Equal(outputs, description.Outputs);
        Assert.Equal(outputs, description.ClassNames.Length);
        Assert.Equal(["neck"], description.StageNames);
        Assert.Empty(description.Assumptions);
    }

    [Fact]
    public void Class_names_stand_in_the_order_of_the_outputs()
    {
        using ModelFile model = ModelFile.Open(Tiny("vit_reg4_m16_rms_avg_seven_5.safetensors"));
        Assert.Equal(["Alpine swift", "Barn owl", "Common kingfisher", "Eurasian jay", "Hoopoe", "Rüppell's vulture", "White stork"], model.Description.ClassNames);
    }

    [Fact]
    public void Both_containers_give_the_same_weights()
    {
        using ModelFile pickled = ModelFile.Open(Tiny("vit_reg4_m16_rms_avg_emb_5.pt")), safe = ModelFile.Open(Tiny("vit_reg4_m16_rms_avg_emb_5.safetensors"));
        Assert.Equal(pickled.Weights.Keys, safe.Weights.Keys);
        Assert.All(pickled.Weights, pair => Assert.Equal(pair.Value.Values.ToArray(), safe.Weights[pair.Key].Values.ToArray()));
    }

    [Fact]
    public void Large_file_is_mapped_and_not_copied()
    {
        using TemporaryFile file = new(".safetensors");
        SparseModel.Write(file.Path, "vit_b16", new VitNetwork(NamedNetworks.Get("vit_b16"), ImageSize.Square(224)));
        Assert.True(new FileInfo(file.Path).Length > 300_000_000);
        long before = GC.GetAllocatedBytesForCurrentThread();
        using ModelFile model = ModelFile.Open(file.Path);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(allocated < 4_000_000, $"{allocated:N0} bytes were allocated");
        Assert.Equal(0, model.Weights["encoder.block.11.mlp.3.weight"].Values.Span[^1]);
    }

    [Fact]
    public void Other_picture_size_resizes_the_position_table_only()
    {
        string path = Tiny("vit_reg4_m16_rms_avg_emb_5.pt");
        using ModelFile trained = ModelFile.Open(path), resized = ModelFile.Open(path, size: new ImageSize(64, 128));
        Assert.Equal(new ImageSize(64, 128), resized.Description.ImageSize);
        Assert.Equal(new TensorShape(1, 4 + 8 * 16, 64), resized.Weights[PositionTable.Key].Shape);
        Assert.All(trained.Weights.Where(pair => pair.Key != PositionTable.Key), pair => Assert.Equal(pair.Value.Values.ToArray(), resized.Weights[pair.Key].Values.ToArray()));
    }

    [Fact]
    public void File_of_another_name_is_refused_with_the_networks_that_fit()
    {
        using TemporaryFile renamed = new(".safetensors");
        File.Copy(Tiny("vit_reg4_m16_rms_avg_emb_5.safetensors"), renamed.Path);
        CheckpointException refusal = Assert.Throws<CheckpointException>(() => ModelFile.Open(renamed.Path));
        Assert.Contains("vit_reg4_m16_rms_avg would fit", refusal.Message, StringComparison.Ordinal);
        using ModelFile named = ModelFile.Open(renamed.Path, "ViT_reg4_m16_rms_avg");
        Assert.Equal("vit_reg4_m16_rms_avg", named.Description.Network);
    }

    [Fact]
    public void Wrong_network_is_refused_with_what_differs()
    {
        CheckpointException refusal = Assert.Throws<CheckpointException>(() => ModelFile.Open(Tiny("vit_reg4_m16_rms_avg_emb_5.pt"), "vit_s16"));
        Assert.Contains("class_token", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("reg_tokens", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("instead of", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Detector_is_refused_by_its_task()
    {
        CheckpointException refusal = Assert.Throws<CheckpointException>(() => ModelFile.Open(Toy("detector_toy_coco_backbone_toy_0.pt"), "vit_s16"));
        Assert.Contains("object detection", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bare_state_dictionary_loads_and_says_what_was_assumed()
    {
        using Checkpoint tiny = Checkpoint.Open(Tiny("vit_reg4_m16_rms_avg_emb_5.safetensors"));
        VitNetwork network = new(NamedNetworks.Get("vit_t32"), ImageSize.Square(224));
        using TemporaryFile file = new(".safetensors");
        using (FileStream stream = File.Create(file.Path))
        {
            SafetensorsWriter.Write(stream, VitParameters.Of(network).Select(parameter => SafetensorsSource.Of(parameter.Key, new Weight(parameter.Shape, new float[parameter.Shape.ElementCount]))), new Dictionary<string, string>());
        }
        using ModelFile model = ModelFile.Open(file.Path, "vit_t32");
        Assert.Equal(ImageSize.Square(224), model.Description.ImageSize);
        Assert.Contains("channel statistics", Assert.Single(model.Description.Assumptions), StringComparison.Ordinal);
    }

    [Fact]
    public void Own_description_survives_writing_and_reading()
    {
        using ModelFile model = ModelFile.Open(Tiny("vit_reg4_m16_rms_avg_seven_5.safetensors"));
        ModelDescription described = model.Description with { Origin = new ModelOrigin("a run", "some pictures", "CC BY 4.0"), FoveaVersion = "0.1.0" };
        string json = ModelDescriptionJson.Write(described).ToJsonString();
        using TemporaryFile file = new(".safetensors");
        using (FileStream stream = File.Create(file.Path))
        {
            SafetensorsWriter.Write(stream, model.Weights.Select(pair => SafetensorsSource.Of(pair.Key, pair.Value)), new Dictionary<string, string> { [ModelDescriptionJson.Key] = json });
        }
        using ModelFile read = ModelFile.Open(file.Path);
        Assert.Equal(described.ClassNames, read.Description.ClassNames);
        Assert.Equal(described with { ClassNames = [], Assumptions = [] }, read.Description with { ClassNames = [], Assumptions = [] });
    }

    [Theory]
    [InlineData("{", "no valid JSON")]
    [InlineData("[]", "no JSON object")]
    [InlineData("{}", "no field 'network'")]
    [InlineData("""{"network": "vit_unheard_of"}""", "vit_unheard_of")]
    [InlineData("""{"network": "\ud800"}""", "no valid JSON")]
    [InlineData("""{"\ud800": 1}""", "no valid JSON")]
    [InlineData("""{"network": "vit_s16", "config": {"norm_layer_type": "\udc00"}}""", "no valid JSON")]
    [InlineData("""{"network": "vit_s16", "image_size": [224], "channels": {"mean": [0], "std": [1]}}""", "'image_size'")]
    [InlineData("""{"network": "vit_s16", "image_size": [225, 225], "channels": {"mean": [0], "std": [1]}}""", "patches of 16")]
    [InlineData("""{"network": "vit_s16", "image_size": [65536, 65536], "channels": {"mean": [0], "std": [1]}}""", "the most that a network takes")]
    [InlineData("""{"network": "vit_s16", "image_size": [224, 224], "channels": {"mean": [0], "std": [0]}}""", "above 0")]
    [InlineData("""{"network": "vit_s16", "image_size": [224, 224], "channels": {"mean": [0], "std": [1]}, "config": {"depth": 3}}""", "'depth'")]
    [InlineData("""{"network": "vit_s16", "image_size": [224, 224], "channels": {"mean": [0], "std": [1]}, "outputs": 2, "classes": ["one"]}""", "1 classes")]
    public void Damaged_description_is_refused_with_a_sentence(string json, string reason)
    {
        CheckpointException refusal = Assert.Throws<CheckpointException>(() => ModelDescriptionJson.Read(json, "model.safetensors"));
        Assert.StartsWith("model.safetensors: ", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Description_is_plain_JSON()
    {
        using ModelFile model = ModelFile.Open(Tiny("vit_reg4_m16_rms_avg_emb_5.pt"));
        JsonObject json = ModelDescriptionJson.Write(model.Description);
        Assert.Equal("""{"patch_size":8,"num_layers":4,"num_heads":4,"hidden_dim":64,"mlp_dim":256}""", json["config"]!.ToJsonString());
        Assert.Equal("[64,64]", json["image_size"]!.ToJsonString());
    }
}
