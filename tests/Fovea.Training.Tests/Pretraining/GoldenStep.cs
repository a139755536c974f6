using System.Text.Json.Nodes;
using Fovea.Checkpoints;
using Fovea.Tests.Graphs;
using Fovea.Training.Optimization;
using Fovea.Training.Pretraining;
using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Training.Tests.Pretraining;

/// <summary>One step of a golden trajectory, with the rates that the reference used.</summary>
internal static class GoldenStep
{
    public static void Make(JepaModel model, AdamW optimizer, GoldenTensors inputs, JsonNode golden, int number)
    {
        using DisposeScope scope = NewDisposeScope();
        JsonNode step = golden["steps"]![number]!;
        string variant = (string)golden["variant"]!;
        int pictureBytes = 3 * JepaGolden.Side * JepaGolden.Side * (int)golden["hyper_parameters"]!["batch_size"]!;
        Tensor images = JepaGolden.Images(inputs.Bytes("images_u8").AsSpan(number * pictureBytes, pictureBytes).ToArray());
        JepaOutputs outputs = model.Forward(images, JepaGolden.Indices(inputs, $"step{number}.enc_masks"), JepaGolden.Indices(inputs, $"step{number}.pred_masks"));
        double loss = (double)step["loss_f64"]!;
        Assert.Equal(loss, outputs.Loss.ToDouble(), loss * 2e-6);
        outputs.Loss.backward();
        model.Trained.CollectGradients();
        double norm = (double)step["grad_norm_f64"]!;
        Assert.Equal(norm, optimizer.GradientNorm(), norm * 5e-6);
        double factor = (double?)golden["hyper_parameters"]!["clip_grad_norm"] is { } limit ? AdamW.ClipFactor(optimizer.GradientNorm(), limit) : 1;
        optimizer.Step((double)step["lr"]!, JepaGolden.WeightDecays(model.Trained, variant, (double)step["weight_decay"]!), (double)step["momentum"]!, factor);
    }

    /// <summary>Sum and L2 norm of every parameter of all three networks, over the norm.</summary>
    public static void CheckSums(string what, JepaModel model, JsonObject checksums)
    {
        int compared = 0;
        foreach ((string key, ReadOnlyMemory<float> values) in Parts(model))
        {
            JsonArray expected = checksums[key]!.AsArray();
            double sum = (double)expected[0]!, norm = (double)expected[1]!;
            double foundSum = Sum(values, value => value), foundNorm = Math.Sqrt(Sum(values, value => value * value));
            bool isKeys = key.EndsWith("[k]", StringComparison.Ordinal);
            Assert.True(Math.Abs(foundSum - sum) / norm <= (isKeys ? 2e-3 : 1e-5), $"{what}: the sum of {key} is {foundSum}, golden {sum}");
            Assert.True(Math.Abs(foundNorm - norm) / norm <= (isKeys ? 2e-3 : 2e-6), $"{what}: the norm of {key} is {foundNorm}, golden {norm}");
            compared++;
        }
        Assert.Equal(checksums.Count, compared);
    }

    public static void CheckValues(string what, JepaModel model, Dictionary<string, Weight> expected)
    {
        foreach ((string key, ReadOnlyMemory<float> values) in Parts(model))
        {
            bool isKeys = key.EndsWith("[k]", StringComparison.Ordinal);
            ReadOnlyMemory<float> golden = key.EndsWith(']') ? Third(expected[key[..^3]].Values, key[^2]) : expected[key].Values;
            new Tolerance(isKeys ? 2e-4 : 1e-5, 0).Check($"{what}: {key} at the end", golden.Span, values.Span);
        }
    }

    // The bias of queries, keys and values is compared in its three parts: that of the keys has a gradient of rounding noise alone.
    private static IEnumerable<(string Key, ReadOnlyMemory<float> Values)> Parts(JepaModel model)
    {
        foreach (FlatParameters parameters in (FlatParameters[])[model.Trained, model.Followed])
        {
            foreach ((string key, Weight weight) in parameters.Save())
            {
                if (!key.EndsWith("attn.qkv.bias", StringComparison.Ordinal))
                {
                    yield return (key, weight.Values);
                    continue;
                }
                foreach (char part in "qkv") yield return ($"{key}[{part}]", Third(weight.Values, part));
            }
        }
    }

    private static ReadOnlyMemory<float> Third(ReadOnlyMemory<float> values, char part)
    {
        int third = values.Length / 3;
        return values.Slice("qkv".IndexOf(part, StringComparison.Ordinal) * third, third);
    }

    private static double Sum(ReadOnlyMemory<float> values, Func<double, double> of)
    {
        double sum = 0;
        foreach (float value in values.Span) sum += of(value);
        return sum;
    }
}
