using System.Diagnostics;
using Fovea.Tests;

namespace Fovea.Training.Cli.Tests;

/// <summary>A run that is killed and resumed is, byte for byte, the run that was left alone.</summary>
public sealed class KilledRunTests : IDisposable
{
    private const int Kills = 20;
    private const int Epochs = 40;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Twenty_kills_at_seeded_moments_change_nothing()
    {
        string whole = Path.Combine(_folder.File("whole"), "run"), killed = Path.Combine(_folder.File("killed"), "run");
        Finish(SmallTraining.Arguments(whole, Epochs));
        Random random = new(20260101);
        for (int kill = 0; kill < Kills; kill++)
        {
            string[] arguments = File.Exists(Path.Combine(killed, "recipe.json")) ? ["pretrain", "-o", killed, "--resume", "--threads", "1"] : SmallTraining.Arguments(killed, Epochs);
            using Process process = Start(arguments);
            // Every other one inside a save, the others so many steps on.
            bool isInSave = kill % 2 == 0;
            long moment = Lines(killed) + random.Next(1, 12);
            while (!process.HasExited && !(isInSave ? IsSaving(killed) : Lines(killed) >= moment)) Thread.Yield();
            process.Kill();
            process.WaitForExit();
        }
        Finish(["pretrain", "-o", killed, "--resume", "--threads", "1"]);
        Assert.Equal(SmallTraining.Losses(whole), SmallTraining.Losses(killed));
        Assert.Equal(SmallTraining.LastCheckpoint(whole), SmallTraining.LastCheckpoint(killed));
        Assert.Equal(File.ReadAllBytes(Path.Combine(whole, "model.safetensors")), File.ReadAllBytes(Path.Combine(killed, "model.safetensors")));
        Assert.Empty(Directory.GetFileSystemEntries(killed, "*.partial", SearchOption.AllDirectories));
    }

    private static bool IsSaving(string folder)
    {
        string checkpoints = Path.Combine(folder, "checkpoints");
        return Directory.Exists(checkpoints) && Directory.EnumerateDirectories(checkpoints, "*.partial").Any();
    }

    private static long Lines(string folder)
    {
        string metrics = Path.Combine(folder, "metrics.jsonl");
        if (!File.Exists(metrics)) return 0;
        using FileStream stream = new(metrics, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using StreamReader reader = new(stream);
        return reader.ReadToEnd().Count(letter => letter == '\n');
    }

    private static void Finish(string[] arguments)
    {
        using Process process = Start(arguments);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }

    private static Process Start(string[] arguments) =>
        Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Fovea.Training.Cli.dll"), .. arguments, "--quiet"]))!;
}
