using System.Text.Json.Nodes;
using Fovea.Checkpoints;
using Fovea.Tests.Graphs;
using Fovea.Training.Optimization;
using Fovea.Training.Pretraining;

namespace Fovea.Training.Tests.Pretraining;

/// <summary>Ten steps of I-JEPA against the reference; tolerances of `golden/ijepa/README.md`.</summary>
public class JepaTrajectoryTests
{
    public static TheoryData<string> Trajectories => JepaGolden.Names(name => name.StartsWith("traj_", StringComparison.Ordinal) && name.Count(letter => letter == '_') == 1);

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Trajectories))]
    public void Ten_steps_equal_the_reference(string name)
    {
        JsonNode golden = JepaGolden.Json(name);
        string variant = (string)golden["variant"]!;
        using JepaModel model = JepaGolden.Model(variant);
        Dictionary<string, Weight> weights = JepaGolden.Weights($"weights_{variant}");
        model.Trained.Load(weights);
        model.Followed.Load(model.Followed.Slices.ToDictionary(slice => slice.Parameter.Key, slice => weights[slice.Parameter.Key[JepaModel.TargetPrefix.Length..].Insert(0, JepaModel.ContextPrefix)]));
        using AdamW optimizer = new(model.Trained, new AdamWSettings(), model.Followed, JepaModel.IsTrained);
        using GoldenTensors inputs = JepaGolden.Tensors($"{name}_inputs");
        JsonNode[] steps = [.. golden["steps"]!.AsArray().Select(step => step!)];
        Assert.NotEmpty(steps);
        for (int step = 0; step < steps.Length; step++)
        {
            GoldenStep.Make(model, optimizer, inputs, golden, step);
            GoldenStep.CheckSums($"{name}, step {step}", model, steps[step]["checksums"]!.AsObject());
        }
        GoldenStep.CheckValues(name, model, JepaGolden.Weights($"{name}_final"));
    }
}
