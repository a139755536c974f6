using System.Text.Json.Nodes;
using Fovea.Tests;

namespace Fovea.Training.Cli.Tests;

/// <summary>Arguments of a run that is over in seconds: the sample pictures, and the CIFAR recipe made small.</summary>
internal static class SmallTraining
{
    /// <summary>Four steps an epoch.</summary>
    public static string[] Arguments(string folder, int epochs = 3) =>
    [
        "pretrain", "--recipe", "ijepa-cifar10", "--data", TestFolders.InRepository("samples", "images"), "-o", folder, "--threads", "1",
        "--set", "encoder.config.num_layers=2", "--set", "encoder.config.hidden_dim=48", "--set", "encoder.config.mlp_dim=96",
        "--set", "predictor.depth=1", "--set", "predictor.width=24", "--set", "optimizer.batch_size=4", "--set", $"optimizer.epochs={epochs}",
        "--set", "optimizer.learning_rate.warm_up_epochs=1", "--set", "run.log_every=1", "--set", "run.compute=float32",
    ];

    /// <summary>Step and loss of every training line, as text.</summary>
    public static string[] Losses(string folder) =>
        [.. File.ReadAllLines(Path.Combine(folder, "metrics.jsonl")).Select(line => JsonNode.Parse(line)!).Where(line => line["loss"] is not null).Select(line => $"{line["step"]} {line["loss"]!.ToJsonString()}")];

    /// <summary>The bytes of the last checkpoint.</summary>
    public static byte[] LastCheckpoint(string folder) => File.ReadAllBytes(Directory.GetFiles(Path.Combine(folder, "checkpoints"), "state.safetensors", SearchOption.AllDirectories)
        .MaxBy(file => long.Parse(Path.GetFileName(Path.GetDirectoryName(file)!)["step-".Length..], System.Globalization.CultureInfo.InvariantCulture))!);
}
