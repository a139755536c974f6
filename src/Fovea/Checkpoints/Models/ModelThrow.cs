namespace Fovea.Checkpoints;

/// <summary>Why a file that can be read is no model, or not the one asked for; one sentence each.</summary>
internal static class ModelThrow
{
    private const int MostNames = 8;

    public static CheckpointException BadField(string place, string what) => new($"{place} {what}; the file is damaged, or something else wrote it.");

    public static CheckpointException BadDescription(string file, ArgumentException cause) =>
        new($"{file}: the description of the model contradicts itself: {cause.Message}", cause);

    public static CheckpointException UnknownNetwork(string file, string network) =>
        new($"{file}: is of the network '{network}', which this version does not know; docs/networks.md lists those that it knows.");

    public static CheckpointException OtherFamily(string file, string family) =>
        new($"{file}: is {family}, which is not supported; only plain Vision Transformers are.");

    public static CheckpointException OtherTask(string file, string task) =>
        new($"{file}: was trained for {task.Replace('_', ' ')}, which is not supported; a model of image classification or an image encoder is needed.");

    public static CheckpointException IsDetector(string file) => new($"{file}: is a detector, which finds objects and gives neither embeddings nor classes of whole pictures; use it with fovea detect, or name an encoder.");

    public static CheckpointException NoDetector(string file) => new($"{file}: is no detector; train one with fovea-train detect, which begins from an encoder like this.");

    /// <param name="file">The model file.</param>
    /// <param name="fitting">Registered networks with exactly these parameters.</param>
    public static CheckpointException NetworkNotTold(string file, IReadOnlyList<string> fitting) => new(fitting.Count == 0
        ? $"{file}: neither its content nor its name tells the network, and no Vision Transformer that is known has its parameters."
        : $"{file}: neither its content nor its name tells the network; name it: {Listed(fitting)} would fit.")
    { Lacks = fitting.Count == 0 ? null : ModelFact.Network };

    public static ArgumentException FixedSize(string file, ImageSize size, ImageSize asked) =>
        new($"{file}: takes pictures of {size} alone, the size that it was exported for, not {asked}; give no size, or export its model again for {asked}.");

    public static ArgumentException NoFloats(string file) =>
        new($"{file}: holds int8 weights, from which float32 cannot be had; give no precision, or name the model that it was exported from.");

    public static CheckpointException IsInt8(string file) =>
        new($"{file}: holds int8 weights, which nothing else can be made of; copy the file, or name the model that it was exported from.");

    public static CheckpointException NoPictures(string file, int channels) =>
        new($"{file}: is of a network that takes {channels} channels, and a picture gives 3 of colour or 1 of grey; name a model of one of these.");

    public static CheckpointException NoClasses(string model) =>
        new($"{model}: has no head, so it gives embeddings and knows no classes; embed with it, or name a model that was trained to classify.");

    public static CheckpointException NoWeights(string file) => new($"{file}: holds no state dictionary of a Vision Transformer.");

    public static CheckpointException SizeNotTold(string file, int patches) =>
        new($"{file}: says nothing of its picture size, and its {patches:N0} patches make no square; give the size that it was trained with.") { Lacks = ModelFact.ImageSize };

    /// <param name="file">The model file.</param>
    /// <param name="network">The network that it was read as.</param>
    /// <param name="difference">How the file's parameters differ from the network's.</param>
    public static CheckpointException Mismatch(string file, string network, StateDifference difference)
    {
        List<string> faults = [];
        if (difference.Missing.Count > 0) faults.Add($"parameters missing: {difference.Missing.Count} ({Listed(difference.Missing)})");
        if (difference.Unexpected.Count > 0) faults.Add($"unexpected: {difference.Unexpected.Count} ({Listed(difference.Unexpected)})");
        if (difference.Misshapen.Count > 0) faults.Add($"of another shape: {difference.Misshapen.Count} ({Listed(difference.Misshapen)})");
        return new($"{file}: does not hold {network}: {string.Join(", ", faults)}; name the network that this file was trained with.") { Lacks = ModelFact.Network };
    }

    private static string Listed(IReadOnlyList<string> names) =>
        string.Join(", ", names.Take(MostNames)) + (names.Count > MostNames ? $" and {names.Count - MostNames} more" : "");
}
