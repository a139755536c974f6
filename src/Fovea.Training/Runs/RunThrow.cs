using System.Globalization;

namespace Fovea.Training.Runs;

/// <summary>Every sentence with which a run is refused or ended.</summary>
internal static class RunThrow
{
    public static RunException NotWritten(string path, Exception cause) =>
        new($"{path} cannot be written: {cause.Message.TrimEnd('.')}; what was saved before is whole, so make room and continue with --resume.", cause);

    public static RunException ReportNotWritten(string path, Exception cause) => new($"{path} cannot be written: {cause.Message.TrimEnd('.')}; make room, or name another place.", cause);

    public static RunException NotFinite(long step, long epoch, double learningRate, double value, string pictures, string what = "loss") => new(string.Create(
        CultureInfo.InvariantCulture,
        $"the {what} is {value} at step {step} (epoch {epoch}, learning rate {learningRate:G3}, pictures {pictures}); nothing of this step was kept. Lower the learning rate or lengthen the warm-up, and continue with --resume."));

    public static RunException BadCheckpoint(string folder, string why, Exception? cause = null) =>
        new($"{folder} is no checkpoint that can be continued: {why}; delete it to continue from the one before.", cause!);

    public static RunException Occupied(string folder) =>
        new($"{folder} already holds a run; continue it with --resume, or choose another folder.");

    public static RunException Busy(string folder) => new($"another process trains in {folder}; wait for it, or choose another folder.");

    public static RunException NothingToResume(string folder) =>
        new($"{folder} holds no run to resume; leave out --resume to begin one.");

    public static RunException OtherRecipe(string folder, IReadOnlyList<string> differences) =>
        new($"{folder} was begun with another recipe; {string.Join("; ", differences)}. Resume without --recipe and --set, or begin in another folder.");

    public static RunException BadRecipe(string name, Exception cause) =>
        new($"{name} cannot be read as a recipe: {cause.Message.Split(" Path:")[0].TrimEnd('.')}.", cause);

    public static RunException BadSetting(string setting, string why) => new($"--set {setting}: {why}.");

    public static RunException NoRecipe(string name, IEnumerable<string> names) =>
        new($"'{name}' is no recipe and no file; the recipes are {string.Join(", ", names)}.");

    public static RunException AllHeldOut(int heldOut, int pictures) => new(string.Create(
        CultureInfo.InvariantCulture, $"data.held_out is {heldOut:N0} and there are {pictures:N0} pictures; hold out 0 or more, and fewer than there are."));

    public static RunException NoBirderCheckpoint(string path, string why, Exception? cause = null) =>
        new($"{path} is no training checkpoint of birder that this recipe can go on from: {why}.", cause!);

    public static RunException NothingToStartFrom() =>
        new("the recipe has neither a model nor an encoder to start from; give --model MODEL, or an encoder in the recipe.");

    public static RunException OtherClasses(string run, IReadOnlyList<string> known, IReadOnlyList<string> found) =>
        new($"{run} was trained on the classes {string.Join(", ", known)}, and the annotations have {string.Join(", ", found)}; resume with the annotations that it began with, or begin another run.");
}
