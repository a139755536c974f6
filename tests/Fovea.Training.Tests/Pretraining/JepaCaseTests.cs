using System.Text.Json.Nodes;
using Fovea.Tests.Graphs;
using Fovea.Training.Optimization;
using Fovea.Training.Pretraining;
using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Training.Tests.Pretraining;

/// <summary>One step of I-JEPA against the reference, quantity by quantity; tolerances of `golden/ijepa/README.md`.</summary>
public class JepaCaseTests
{
    public static TheoryData<string, bool> CasesBothWays => [.. Cases.SelectMany(row => new[] { (row.Data, false), (row.Data, true) })];

    private static readonly Tolerance Values = new(2e-5, 0), Gradients = new(2e-7, 0), KeyBiasGradients = new(1e-8, 0);

    public static TheoryData<string> Cases => JepaGolden.Names(name => name.StartsWith("case_", StringComparison.Ordinal) && name != "case_inputs");

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Cases))]
    public void Forward_pass_and_loss_equal_the_reference(string name)
    {
        using DisposeScope scope = NewDisposeScope();
        using Case golden = new(name);
        JepaOutputs outputs = golden.Forward();
        Assert.Equal((double)golden.Settings["loss_f64"]!, outputs.Loss.ToDouble(), (double)golden.Settings["loss_f64"]! * 1e-6);
        golden.Check(Values, "target_normalised", outputs.NormalisedTokens);
        golden.Check(Values, "targets", outputs.Targets);
        golden.Check(Values, "predictions", outputs.Predictions);

        Tensor[] contexts = golden.Contexts.unbind(0);
        Tensor encoded = cat([.. contexts.Select(keep => golden.Model.ContextEncoder.Encode(golden.Images, keep))], 0);
        golden.Check(Values, "context_tokens", encoded);
        golden.Check(Values, "target_tokens", golden.Model.TargetEncoder.Encode(golden.Images));
        Tensor sequence = golden.Model.Predictor.Sequence(golden.Model.ContextEncoder.Patches(encoded), cat(contexts, 0), golden.Targets);
        golden.Check(Values, "predictor_sequence", sequence);
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Cases))]
    public void Gradients_and_their_norm_equal_the_reference(string name)
    {
        using DisposeScope scope = NewDisposeScope();
        using Case golden = new(name);
        using AdamW optimizer = golden.Backward();
        foreach (ParameterSlice slice in golden.Model.Trained.Slices)
        {
            string key = slice.Parameter.Key;
            float[] expected = golden.Tensors.Floats($"grad.{key}"), found = JepaGolden.Floats(golden.Model.Trained.GradientView(slice));
            if (!key.EndsWith("attn.qkv.bias", StringComparison.Ordinal))
            {
                Gradients.Check($"{name}: gradient of {key}", expected, found);
                continue;
            }
            // Softmax does not see what all keys have in common: exactly 0 in mathematics, noise of 1e-11 in arithmetic.
            int third = expected.Length / 3;
            Gradients.Check($"{name}: gradient of {key}, queries", expected.AsSpan(0, third), found.AsSpan(0, third));
            KeyBiasGradients.Check($"{name}: gradient of {key}, keys", expected.AsSpan(third, third), found.AsSpan(third, third));
            Gradients.Check($"{name}: gradient of {key}, values", expected.AsSpan(2 * third), found.AsSpan(2 * third));
        }
        double norm = (double)golden.Settings["grad_norm_f64"]!;
        Assert.Equal(norm, optimizer.GradientNorm(), norm * 2e-6);
        double factor = (double)golden.Settings["clip_coefficient"]!;
        Assert.Equal(factor, AdamW.ClipFactor(optimizer.GradientNorm(), (double)golden.Settings["clip_grad_norm"]!), factor * 4e-6);
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Cases))]
    public void Step_with_own_gradients_equals_the_reference(string name)
    {
        using DisposeScope scope = NewDisposeScope();
        using Case golden = new(name);
        using AdamW optimizer = golden.Backward();
        golden.Step(optimizer, AdamW.ClipFactor(optimizer.GradientNorm(), (double)golden.Settings["clip_grad_norm"]!), byTensors: false);
        golden.CheckAfter(new Tolerance(2e-5, 0), atMostAbove1e6: 1e-3);
    }

    /// <summary>Both ways to make a step: the pass over arrays, and torch operations as other devices have them.</summary>
    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(CasesBothWays))]
    public void Step_with_the_stored_gradients_equals_the_reference(string name, bool byTensors)
    {
        using DisposeScope scope = NewDisposeScope();
        using Case golden = new(name);
        using AdamW optimizer = golden.Optimizer();
        foreach (ParameterSlice slice in golden.Model.Trained.Slices)
        {
            golden.Model.Trained.GradientView(slice).copy_(tensor(golden.Tensors.Floats($"grad.{slice.Parameter.Key}"), [.. slice.Parameter.Shape.Dimensions]));
        }
        golden.Step(optimizer, (double)golden.Settings["clip_coefficient"]!, byTensors);
        golden.CheckAfter(new Tolerance(5e-7, 0), atMostAbove1e6: 0);
        Assert.Equal(0, optimizer.GradientNorm());
    }

    private sealed class Case : IDisposable
    {
        private readonly string _name;
        private readonly string _variant;

        public Case(string name)
        {
            _name = name;
            Settings = JepaGolden.Json("cases")["cases"]![name]!;
            _variant = (string)Settings["variant"]!;
            Tensors = JepaGolden.Tensors(name);
            Model = JepaGolden.Model(_variant);
            var weights = JepaGolden.Weights($"weights_{_variant}");
            Model.Trained.Load(weights);
            Model.Followed.Load(weights);
            using GoldenTensors inputs = JepaGolden.Tensors("case_inputs");
            Images = JepaGolden.Images(inputs.Bytes("images_u8"));
            Contexts = JepaGolden.Indices(inputs, $"{Settings["masks"]}.enc_masks");
            Targets = JepaGolden.Indices(inputs, $"{Settings["masks"]}.pred_masks");
        }

        public JsonNode Settings { get; }

        public GoldenTensors Tensors { get; }

        public JepaModel Model { get; }

        public Tensor Images { get; }

        public Tensor Contexts { get; }

        public Tensor Targets { get; }

        public JepaOutputs Forward() => Model.Forward(Images, Contexts, Targets);

        public AdamW Optimizer() => new(Model.Trained, new AdamWSettings(), Model.Followed, JepaModel.IsTrained);

        public AdamW Backward()
        {
            Forward().Loss.backward();
            Model.Trained.CollectGradients();
            return Optimizer();
        }

        public void Step(AdamW optimizer, double gradientScale, bool byTensors)
        {
            double rate = (double)Settings["lr"]!, momentum = (double)Settings["ema_momentum"]!;
            double[] decays = JepaGolden.WeightDecays(Model.Trained, _variant, (double)Settings["weight_decay"]!);
            if (byTensors) optimizer.StepByTensors(new AdamWStep(rate, new AdamWSettings(), 1, (float)gradientScale, (float)(1 - momentum)), decays);
            else optimizer.Step(rate, decays, momentum, gradientScale);
        }

        public void Check(Tolerance tolerance, string tensor, Tensor found) => tolerance.Check($"{_name}: {tensor}", Tensors.Floats(tensor), JepaGolden.Floats(found));

        public void CheckAfter(Tolerance tolerance, double atMostAbove1e6)
        {
            long above = 0, all = 0;
            foreach (ParameterSlice slice in Model.Trained.Slices)
            {
                string key = slice.Parameter.Key;
                float[] expected = Tensors.Floats($"after.{key}"), found = JepaGolden.Floats(Model.Trained.View(slice));
                if (key.EndsWith("attn.qkv.bias", StringComparison.Ordinal))
                {
                    int third = expected.Length / 3;
                    new Tolerance(1e-4, 0).Check($"{_name}: {key}, keys", expected.AsSpan(third, third), found.AsSpan(third, third));
                    found.AsSpan(third, third).CopyTo(expected.AsSpan(third, third));
                }
                tolerance.Check($"{_name}: {key} after the step", expected, found);
                above += expected.Zip(found, (golden, ours) => Math.Abs(golden - ours) > 1e-6 ? 1 : 0).Sum();
                all += expected.Length;
            }
            Assert.InRange(above / (double)all, 0, Math.Max(atMostAbove1e6, 0));
            foreach (ParameterSlice slice in Model.Followed.Slices)
            {
                new Tolerance(2e-6, 0).Check($"{_name}: {slice.Parameter.Key} after the average", Tensors.Floats($"after.{slice.Parameter.Key}"), JepaGolden.Floats(Model.Followed.View(slice)));
            }
        }

        public void Dispose()
        {
            Tensors.Dispose();
            Model.Dispose();
        }
    }
}
