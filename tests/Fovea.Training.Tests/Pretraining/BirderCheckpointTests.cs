using System.Text.Json.Nodes;
using Fovea.Tests;
using Fovea.Tests.Graphs;
using Fovea.Training.Optimization;
using Fovea.Training.Pretraining;
using Fovea.Training.Runs;
using Fovea.Training.Runs.Checkpoints;

namespace Fovea.Training.Tests.Pretraining;

/// <summary>What birder saved after epoch 3 of trajectory A goes on as that trajectory did.</summary>
public class BirderCheckpointTests
{
    private const string Trajectory = "traj_A";

    [Fact]
    public void Run_continues_from_birders_training_checkpoint()
    {
        using JepaModel model = JepaGolden.Model("A");
        using AdamW optimizer = new(model.Trained, new AdamWSettings(), model.Followed, JepaModel.IsTrained);
        (int epochs, long steps) = BirderCheckpoint.Load(Checkpoint, model, optimizer);
        Assert.Equal((3, 6), (epochs, steps));
        JsonNode golden = JepaGolden.Json(Trajectory);
        using GoldenTensors inputs = JepaGolden.Tensors($"{Trajectory}_inputs");
        for (int step = 6; step < 10; step++)
        {
            GoldenStep.Make(model, optimizer, inputs, golden, step);
            GoldenStep.CheckSums($"checkpoint, step {step}", model, golden["steps"]![step]!["checksums"]!.AsObject());
        }
        GoldenStep.CheckValues("checkpoint", model, JepaGolden.Weights($"{Trajectory}_final"));
    }

    [Fact]
    public void Other_networks_and_other_files_are_refused()
    {
        using JepaModel model = JepaGolden.Model("B");
        using AdamW optimizer = new(model.Trained, new AdamWSettings(), model.Followed, JepaModel.IsTrained);
        Assert.Contains("class_token", Assert.Throws<RunException>(() => BirderCheckpoint.Load(Checkpoint, model, optimizer)).Message, StringComparison.Ordinal);
        Assert.Contains("_EPOCH.pt", Assert.Throws<RunException>(() => BirderCheckpoint.Load("weights.pt", model, optimizer)).Message, StringComparison.Ordinal);
    }

    private static string Checkpoint => Path.Combine(TestFolders.Golden("ijepa"), "checkpoint", "i_jepa_vit_reg4_tiny8_rms_avg_3.pt");
}
