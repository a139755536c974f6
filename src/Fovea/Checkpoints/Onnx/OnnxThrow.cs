namespace Fovea.Checkpoints;

/// <summary>Why an `.onnx` file is refused; one sentence each.</summary>
internal static class OnnxThrow
{
    public static CheckpointException Damaged(string path, string what) => new($"{path}: {what}; the ONNX file is damaged.");

    public static CheckpointException NotOurs(string path) =>
        new($"{path}: is an ONNX file without Fovea's description of its model; only files that `fovea export` wrote are read, so name the .pt or .safetensors file of the model.");

    /// <param name="path">The file.</param>
    /// <param name="what">Something that the writer never writes.</param>
    public static CheckpointException Foreign(string path, string what) => new($"{path}: {what}, which `fovea export` does not write; export the model again.");

    public static CheckpointException Changed(string path) =>
        new($"{path}: its graph is not the one that was exported, so somebody changed what the network computes; export the model again.");

    public static CheckpointException BadLocation(string path, string location) =>
        new($"{path}: would have its matrices read from '{location}', but only a file beside it may hold them; do not use this file if you do not know its maker.");

    public static CheckpointException NoMatrices(string path, string file) =>
        new($"{path}: its matrices are in the file '{file}' beside it, which is not there; keep the two together under the names that they were written with.");

    public static CheckpointException ShortMatrices(string path, string file, string tensor) =>
        new($"{path}: the file '{file}' beside it ends before the numbers of '{tensor}'; copy or export both files again.");
}
