namespace Fovea;

/// <summary>The container of a checkpoint, told by its first bytes and never by its name.</summary>
public enum CheckpointFormat
{
    /// <summary>A zip of a pickle and storages: `.pt` since PyTorch 1.6.</summary>
    Zip,

    /// <summary>Pickles and storages one after the other: `.pt` before PyTorch 1.6.</summary>
    Legacy,

    /// <summary>A JSON header and dense tensors: `.safetensors`.</summary>
    Safetensors,

    /// <summary>A whole network with its description: `.onnx`, as `fovea export` writes it.</summary>
    Onnx,
}
