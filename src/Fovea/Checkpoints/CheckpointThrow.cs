namespace Fovea.Checkpoints;

/// <summary>Why a model file is refused before its own format is known, or because of its container.</summary>
internal static class CheckpointThrow
{
    public static CheckpointException Missing(string path) => new($"{path}: there is no such file; check the path.");

    public static CheckpointException Folder(string path) => new($"{path}: is a folder, not a checkpoint; name a file in it.");

    public static CheckpointException NoRunFolder(string path, string model) => new($"{path}: is a folder without {model}; name a run folder or a model file.");

    public static CheckpointException NotShipped(string path) => new($"{path}: the model that ships is not beside the program, and no other one is named; name a file, a run folder or a published model.");

    public static CheckpointException Empty(string path) => new($"{path}: is empty; copy or download it again.");

    public static CheckpointException Unreadable(string path, Exception cause) => new($"{path}: cannot be read ({cause.Message.TrimEnd('.')}).", cause);

    public static CheckpointException NotACheckpoint(string path, string seems) => new($"{path}: is {seems}, not a checkpoint; a .pt, .safetensors or .onnx file is needed.");

    public static CheckpointException Misnamed(string path, string content, string extension) =>
        new($"{path}: holds {content} although its name ends in {extension}; rename it if you trust it.");

    public static CheckpointException BadContainer(string path, string what) => new($"{path}: {what}; the file is damaged or PyTorch did not write it.");

    public static CheckpointException BadHeader(string path, string what) => new($"{path}: {what}; the safetensors file is damaged.");

    public static CheckpointException WrongChecksum(string path, string record, uint found, uint expected) =>
        new($"{path}: record '{record}' has checksum {found:x8} where {expected:x8} was written; copy or download the file again.");

    public static CheckpointException NotFloats(string path, string tensor, ElementType type) =>
        new($"{path}: tensor '{tensor}' is of type {type}, which has no float32 values.");
}
