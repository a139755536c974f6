using System.Globalization;
using Fovea.Training.Data;

namespace Fovea.Training.Runs.Classification;

/// <summary>Why a classifier cannot be trained or measured on some data or from some model, one sentence each.</summary>
internal static class ClassificationThrow
{
    private const int MostNames = 5;

    public static TrainingDataException NoLabels(string sources) =>
        new($"{sources}: no picture has a label; put pictures into a folder for each class, or name archives with .cls members.");

    public static TrainingDataException OneClass(string sources, string name) =>
        new($"{sources}: all labelled pictures belong to the class {name}; a classifier needs at least two.");

    public static TrainingDataException NoSuchClass(string picture, int label, int classes) =>
        new(Text($"{picture}: has the label {label}, and there are {classes:N0} classes, 0 to {classes - 1:N0}; name all classes in _info.json, or correct the label."));

    public static TrainingDataException ClassesDiffer(string one, IReadOnlyList<string> classes, string other, IReadOnlyList<string> others)
    {
        string[] missing = [.. classes.Except(others)], extra = [.. others.Except(classes)];
        string difference = missing.Length + extra.Length == 0
            ? "they are the same in another order"
            : string.Join("; ", new[] { (missing, "lacks"), (extra, "adds") }.Where(part => part.Item1.Length > 0).Select(part => $"the second {part.Item2} {Listed(part.Item1)}"));
        return new(Text($"{one} and {other} have different classes ({classes.Count:N0} and {others.Count:N0}): {difference}; use data of one list of classes."));
    }

    public static RunException HeadOfOtherClasses(string model, IReadOnlyList<string> classes, IReadOnlyList<string> others) => new(Text(
        $"{model} knows {classes.Count:N0} classes ({Listed(classes)}), and the pictures have {others.Count:N0} ({Listed(others)}); give the model a new head with --set head.start=reset, or pictures of its classes."));

    public static RunException HeadOfOtherKind(string model) =>
        new($"{model} has another kind of head than head.mlp asks for; give it a new one with --set head.start=reset, or leave head.mlp null.");

    public static ArgumentException WeightsTwice() =>
        new("class weights and balanced sampling both make rare classes count more, and together too much; set loss.class_weights or data.sampling to none.");

    public static ArgumentException FactorsAndSampling() =>
        new("data.sampling says by itself how often a picture comes, and a source has a @factor too; set data.sampling to none, or leave the factors out.");

    public static TrainingDataException NothingHeldOut(double share, int pictures) => new(Text(
        $"data.held_out is {share}, which leaves nothing to train on or to measure of {pictures:N0} labelled pictures; hold out a share from 0 to below 1, of classes with two pictures or more, or name --validation."));

    /// <summary>Some of the names.</summary>
    public static string Listed(IReadOnlyList<string> names) =>
        string.Join(", ", names.Take(MostNames)) + (names.Count > MostNames ? Text($" and {names.Count - MostNames:N0} more") : "");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
