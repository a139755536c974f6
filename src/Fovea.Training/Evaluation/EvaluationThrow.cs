namespace Fovea.Training.Evaluation;

/// <summary>Why data cannot be measured, one sentence each.</summary>
internal static class EvaluationThrow
{
    public static EvaluationException NotFinite(string sample, int column) =>
        new($"{sample}: number {column} of its features is not finite; embed it again at full precision, or look for the layer that overflows.");

    /// <param name="sample">Its name.</param>
    /// <param name="label">What it has.</param>
    /// <param name="classes">How many names of classes there are; 0 where classes have none.</param>
    public static EvaluationException LabelOutOfRange(string sample, long label, int classes) => new(classes > 0
        ? $"{sample}: has the label {label}, but there are {classes} classes, 0 to {classes - 1}; name all classes, or -1 for no label."
        : $"{sample}: has the label {label}; a label is the number of a class, from 0, or -1 for none.");

    public static EvaluationException NoLabels(string set) => new($"no sample of the {set} set has a label; give a source with classes.");

    public static EvaluationException WidthsDiffer(int train, int test) =>
        new($"training features have {train} numbers a sample and test features {test}; embed both with the same model and layer.");

    public static EvaluationException OneClass(string name) =>
        new($"all labelled samples of the training set belong to the class {name}; give samples of at least two classes.");

    public static EvaluationException TooFewShots(string name, int samples, int shots) =>
        new($"class {name} has {samples} training samples, fewer than the {shots} shots that each class must have; ask for fewer shots, or allow drawing with replacement.");

    public static EvaluationException NothingRelevant(string sample, string name) =>
        new($"{sample}: no other sample of its class {name} is in the gallery; leave such queries out, or add samples.");

    public static EvaluationException NothingToFind() => new("no query has a sample of its class in the gallery; give a gallery and queries of the same classes.");

    public static EvaluationException TooFewSamples(string what, int needed, int found) =>
        new($"{what} needs at least {needed} samples, and there are {found}; give more pictures.");

    public static EvaluationException SamplesDiffer(string first, string second) =>
        new($"the features '{first}' and '{second}' are not of the same labelled samples in the same order; extract both from the same sources.");

    public static EvaluationException MaskSizesDiffer(string name, int target, int prediction) =>
        new($"{name}: its target has {target} pixels and its prediction {prediction}; predict at the size of the target.");

    public static EvaluationException NoSuchClass(string name, int label, int classes) =>
        new($"{name}: a pixel of the target has the class {label}, but there are {classes} classes, 0 to {classes - 1}; name all classes, or the value that is ignored.");
}
