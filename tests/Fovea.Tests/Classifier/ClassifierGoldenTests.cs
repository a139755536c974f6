using System.Text.Json.Nodes;
using Fovea.Networks;
using Fovea.Tests.Encoder;
using Fovea.Tests.Graphs;

namespace Fovea.Tests.Classifier;

/// <summary>Probabilities and ranks against the reference's logits, for every golden network with a head.</summary>
public sealed class ClassifierGoldenTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Family
    {
        get
        {
            TheoryData<string> networks = [];
            if (TestFolders.FindGolden("vit_family") is not { } folder) return networks;
            foreach (JsonNode? entry in JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "family.json")))!["networks"]!.AsArray())
            {
                if ((int)entry!["num_classes"]! > 0) networks.Add((string)entry["name"]!);
            }
            return networks;
        }
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Picture_files_of_the_small_network_have_the_probabilities_of_the_reference()
    {
        using GoldenTensors golden = new(Path.Combine(TestFolders.Golden("vit_tiny"), "reference.safetensors"));
        using TemporaryFolder pictures = TinyModel.Pictures();
        using ImageClassifier classifier = ImageClassifier.Load(WrittenModel.Tiny);
        double[] logits = golden.Doubles("outputs64.logits");
        for (int picture = 0; picture < 3; picture++) Check(logits[(7 * picture)..(7 * (picture + 1))], classifier.Classify(pictures.File($"{picture}.png")));
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Family))]
    public void Family_has_the_probabilities_of_the_reference(string name)
    {
        using Golden golden = Golden.Open(name);
        VitNetwork network = golden.Network;
        ModelDescription description = new()
        {
            Network = "vit_t32",
            Config = network.Config,
            ImageSize = network.Size,
            Channels = ChannelStatistics.Birder,
            Outputs = network.Classes,
        };
        WrittenModel.Write(_folder.File("family.safetensors"), description, golden.Weights);
        using ImageClassifier classifier = ImageClassifier.Load(_folder.File("family.safetensors"));
        double[] logits = golden.Tensors.Doubles("outputs64.logits");
        float[] images = golden.Tensors.Floats("inputs.image");
        int length = images.Length / 2;
        TensorShape shape = new(1, network.Channels, network.Size.Height, network.Size.Width);
        for (int picture = 0; picture < 2; picture++)
        {
            ImageTensor tensor = new(shape, images.AsMemory(picture * length, length));
            Check(logits[(picture * network.Classes)..((picture + 1) * network.Classes)], classifier.Classify(tensor));
        }
    }

    [Fact]
    public void Flagship_with_a_thousand_classes_ranks_as_the_reference()
    {
        using GoldenTensors golden = new(Path.Combine(TestFolders.Golden("vit_full"), "vit_full.safetensors"));
        VitNetwork network = new(NamedNetworks.Get("vit_reg4_m16_rms_avg"), ImageSize.Square(224), classes: 1000);
        ModelDescription description = new() { Network = "vit_reg4_m16_rms_avg", Config = network.Config, ImageSize = network.Size, Channels = ChannelStatistics.Birder, Outputs = 1000 };
        WrittenModel.Write(_folder.File("full.safetensors"), description, FormulaWeights.Of(network));
        using ImageClassifier classifier = ImageClassifier.Load(_folder.File("full.safetensors"));
        float[] images = golden.Floats("inputs.image_224"), best = golden.Floats("outputs.logits_top.indices");
        double[] logits = golden.Doubles("outputs64.logits");
        for (int picture = 0; picture < 2; picture++)
        {
            ImageTensor tensor = new(new TensorShape(1, 3, 224, 224), images.AsMemory(picture * images.Length / 2, images.Length / 2));
            IReadOnlyList<ClassProbability> classes = classifier.Classify(tensor);
            Assert.Equal(best[(10 * picture)..(10 * (picture + 1))], classes.Take(10).Select(found => (float)found.Index));
            Check(logits[(1000 * picture)..(1000 * (picture + 1))], classes);
        }
    }

    private static void Check(double[] logits, IReadOnlyList<ClassProbability> found)
    {
        // Where logits x move by e at most, exp(x) and the sum move by a factor of exp(e) at most, and a probability by that twice.
        double largest = logits.Max(Math.Abs), relative = 2 * (Tolerance.Outputs.Absolute + Tolerance.Outputs.Relative * largest);
        double total = logits.Sum(Math.Exp);
        Assert.All(logits.Zip(ImageClassifierTests.InOrder(found)), pair => Assert.Equal(1, pair.Second / (Math.Exp(pair.First) / total), relative));
        Assert.Equal(Array.IndexOf(logits, logits.Max()), found[0].Index);
    }
}
