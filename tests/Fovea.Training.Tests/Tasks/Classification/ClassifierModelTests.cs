using System.Text.Json.Nodes;
using Fovea.Networks;
using Fovea.Training.Networks;
using Fovea.Training.Optimization;
using Fovea.Training.Tasks;
using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Training.Tests.Tasks;

public class ClassifierModelTests
{
    private const int Classes = 5;

    private static readonly VitNetwork Network = new(
        VitConfigJson.Override(NamedNetworks.Get("vit_reg4_m16_rms_avg"), new JsonObject { ["patch_size"] = 4, ["num_layers"] = 3, ["num_heads"] = 2, ["hidden_dim"] = 32, ["mlp_dim"] = 64 }),
        ImageSize.Square(16), 3, Classes);

    [Fact]
    public void Head_of_zeros_has_the_loss_of_guessing()
    {
        using DisposeScope scope = NewDisposeScope();
        using ClassifierModel model = Model(resetsHead: false);
        Assert.Equal(Math.Log(Classes), Loss(model, Pictures(6)).Loss, 1e-6);
    }

    [Fact]
    public void Reset_head_begins_within_the_root_of_the_width()
    {
        using DisposeScope scope = NewDisposeScope();
        using ClassifierModel model = Model();
        float[] head = [.. model.Trained.Save().Where(pair => pair.Key.StartsWith("classifier.", StringComparison.Ordinal)).SelectMany(pair => pair.Value.Values.ToArray())];
        double limit = 1 / Math.Sqrt(32);
        Assert.All(head, value => Assert.InRange(value, -limit, limit));
        Assert.True(head.Max() > 0.9 * limit && head.Min() < -0.9 * limit);
    }

    /// <summary>Three threads add up three means over parts; only the order of additions differs.</summary>
    [Fact]
    public void Threads_that_share_a_batch_give_the_loss_and_the_gradients_of_one()
    {
        using DisposeScope scope = NewDisposeScope();
        using ClassifierModel one = Model(), three = Model(shards: 3);
        Tensor images = Pictures(7);
        (double loss, Tensor logits) = Loss(one, images);
        (double divided, Tensor others) = Loss(three, images);
        Assert.Equal(loss, divided, 1e-6);
        Assert.True(logits.allclose(others, 1e-4, 1e-5));
        Assert.True(one.Trained.Gradients!.allclose(three.Trained.Gradients!, 1e-3, 1e-6));
        Assert.NotEqual(0, one.Trained.Gradients!.abs().sum().ToDouble());
    }

    [Fact]
    public void Gradient_is_that_of_the_loss()
    {
        using DisposeScope scope = NewDisposeScope();
        using ClassifierModel model = Model();
        Tensor images = Pictures(4);
        Loss(model, images);
        ParameterSlice slice = model.Trained.Slices.Single(one => one.Parameter.Key == "encoder.block.1.mlp.0.weight");
        double gradient = model.Trained.GradientView(slice)[3, 5].ToDouble(), step = 1e-2;
        double Moved(double by)
        {
            using (no_grad()) model.Trained.View(slice)[3, 5].add_(by);
            double loss = Loss(model, images).Loss;
            using (no_grad()) model.Trained.View(slice)[3, 5].add_(-by);
            return loss;
        }
        // float32 losses of 1.6 are right to 2e-7, so their difference over the step to 2e-5
        Assert.Equal((Moved(step) - Moved(-step)) / (2 * step), gradient, 5e-5);
    }

    [Theory]
    [InlineData(true, null, new[] { "classifier.weight", "classifier.bias" })]
    [InlineData(false, 3, new[] { "norm.weight", "classifier.weight", "classifier.bias" })]
    public void Exactly_the_parameters_that_are_trained_have_gradients(bool body, int? layers, string[] trained)
    {
        using DisposeScope scope = NewDisposeScope();
        Freezing freezing = new() { Body = body, Layers = layers };
        using ClassifierModel model = Model(isTrained: key => freezing.Trains(key, 3));
        Loss(model, Pictures(4));
        Assert.Equal(trained, model.Trained.Slices.Where(slice => model.Trained.GradientView(slice).abs().sum().ToDouble() > 0).Select(slice => slice.Parameter.Key));
    }

    [Fact]
    public void Embeddings_of_a_frozen_body_are_the_same_in_every_batch_and_train_the_head_alike()
    {
        using DisposeScope scope = NewDisposeScope();
        using ClassifierModel model = Model(isTrained: key => key.StartsWith("classifier.", StringComparison.Ordinal));
        Tensor images = Pictures(6);
        FrozenEmbeddings frozen = new(model, 1_000_000), other = new(model, 1_000_000), none = new(model, 0);
        Tensor whole = frozen.Of(images, [0, 1, 2, 3, 4, 5]), part = other.Of(images.narrow(0, 3, 2), [3, 4]);
        Assert.Equal((6, 2), (frozen.Kept, other.Kept));
        Assert.Equal(whole.narrow(0, 3, 2).data<float>().ToArray(), part.data<float>().ToArray());
        Assert.Equal(whole.data<float>().ToArray(), none.Of(images, [0, 1, 2, 3, 4, 5]).data<float>().ToArray());
        Assert.Equal(0, none.Kept);
        using ClassLoss loss = new(new ClassLossSettings(), Classes);
        (double cached, _) = model.Backward(new ClassifierBatch(whole, loss.OneHot([0, 1, 2, 3, 4, 0]), 6, AreEmbeddings: true), loss);
        Assert.Equal(Loss(model, images).Loss, cached, 1e-5);
    }

    [Fact]
    public void Average_of_the_weights_serves()
    {
        using DisposeScope scope = NewDisposeScope();
        using ClassifierModel model = Model(isAveraged: true);
        Tensor images = Pictures(3);
        using (no_grad()) model.Trained.Values.add_(0.1);
        Assert.False(ClassifierModel.Logits(model.Served, images).allclose(Loss(model, images).Logits));
        using (no_grad()) model.Followed!.Values.add_(0.1);
        Assert.True(ClassifierModel.Logits(model.Served, images).allclose(Loss(model, images).Logits, 1e-4, 1e-5));
    }

    /// <summary>Networks with other ways to the head: every parameter of them gets a gradient.</summary>
    [Theory]
    [InlineData("{\"class_token\": true}")]
    [InlineData("{\"norm_after_pool\": true}")]
    [InlineData("{\"mlp_head\": true}")]
    [InlineData("{\"attn_pool_head\": true}")]
    [InlineData("{\"layer_scale_init_value\": 0.1, \"pre_norm\": true, \"norm_layer_type\": \"LayerNorm\"}")]
    [InlineData("{\"qk_norm\": true, \"mlp_layer_type\": \"SwiGLU_FFN\"}")]
    public void Every_parameter_of_networks_of_other_kinds_is_trained(string config)
    {
        using DisposeScope scope = NewDisposeScope();
        VitNetwork network = new(VitConfigJson.Override(Network.Config, JsonNode.Parse(config)!.AsObject()), ImageSize.Square(16), 3, Classes);
        using ClassifierModel model = new(network, ComputeType.Float32, _ => true);
        model.Load(new StartValues(StartValueScheme.Birder, 3).OfEncoder(network, resetsHead: true));
        Loss(model, Pictures(4), new DropPath(0.1, 3, 0, 1).Draw(0, 0, 4, CPU));
        Assert.Empty(model.Trained.Slices.Where(slice => model.Trained.GradientView(slice).abs().sum().ToDouble() == 0).Select(slice => slice.Parameter.Key));
    }

    private static ClassifierModel Model(int shards = 1, bool resetsHead = true, Func<string, bool>? isTrained = null, bool isAveraged = false)
    {
        ClassifierModel model = new(Network, ComputeType.Float32, isTrained ?? (_ => true), isAveraged, shards: shards);
        model.Load(new StartValues(StartValueScheme.Birder, 3).OfEncoder(Network, resetsHead));
        return model;
    }

    private static Tensor Pictures(int count) => randn([count, 3, 16, 16], generator: new Generator(8));

    private static (double Loss, Tensor Logits) Loss(ClassifierModel model, Tensor images, DropPathFactors? drop = null)
    {
        using ClassLoss loss = new(new ClassLossSettings(), Classes);
        int[] labels = [.. Enumerable.Range(0, (int)images.shape[0]).Select(picture => picture % Classes)];
        return model.Backward(new ClassifierBatch(images, loss.OneHot(labels), loss.Divisor(labels, isMixed: false), drop), loss);
    }
}
