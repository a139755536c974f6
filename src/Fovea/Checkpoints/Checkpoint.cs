using System.Collections.Frozen;
using Fovea.Checkpoints;

namespace Fovea;

/// <summary>A file of named tensors (`.pt`, `.safetensors`, or an `.onnx` that Fovea wrote), opened for reading: safe with any file, whoever made it.</summary>
/// <remarks>
/// No code in a file is ever run, every length is compared with the file before it is used, and the file is mapped: opening costs
/// little memory whatever its size. Safe to use from many threads; dispose it when no tensor is needed any more.
/// </remarks>
public sealed class Checkpoint : IDisposable
{
    private readonly MappedFile _file;
    private readonly MappedFile? _beside;

    private Checkpoint(
        MappedFile file,
        CheckpointFormat format,
        IReadOnlyList<CheckpointTensor> tensors,
        IReadOnlyDictionary<string, string> metadata,
        CheckpointValue? root = null,
        MappedFile? beside = null)
    {
        _file = file;
        _beside = beside;
        Format = format;
        Tensors = tensors;
        Metadata = metadata;
        Root = root;
    }

    /// <summary>The path as it was given.</summary>
    public string Path => _file.Path;

    /// <summary>Bytes of the file.</summary>
    public long Length => _file.Length;

    /// <summary>Every file that has a part of it: itself, and the matrices of a large `.onnx`.</summary>
    internal IReadOnlyList<MappedFile> Files => _beside is null ? [_file] : [_file, _beside];

    /// <summary>The container.</summary>
    public CheckpointFormat Format { get; }

    /// <summary>All tensors, in the order of the file; one that is reachable by two names is listed twice.</summary>
    public IReadOnlyList<CheckpointTensor> Tensors { get; }

    /// <summary>The string map of a safetensors header, the metadata properties of an `.onnx`; empty for a `.pt`.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>What a `.pt` holds beside tensors: birder's dictionary, or a bare state dict. Null for the others.</summary>
    internal CheckpointValue? Root { get; }

    /// <summary>Opens a checkpoint; its first bytes tell the format, and a name that says otherwise is refused.</summary>
    /// <exception cref="CheckpointException">The file is absent, unreadable, of another kind, misnamed, damaged, or asks for code to be run.</exception>
    public static Checkpoint Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        MappedFile file = MappedFile.Open(path);
        try
        {
            using MappedFile.Lease lease = file.Read();
            return Read(file, lease.Bytes);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _file.Dispose();
        _beside?.Dispose();
    }

    private static Checkpoint Read(MappedFile file, FileBytes bytes)
    {
        ReadOnlySpan<byte> start = bytes.Span(0, (int)long.Min(bytes.Length, FileKinds.Longest));
        bool isZip = start.StartsWith("PK\x03\x04"u8), isLegacy = start.StartsWith(LegacyCheckpoint.Magic);
        if ((isZip || isLegacy) && HasExtension(file.Path, ".safetensors")) throw CheckpointThrow.Misnamed(file.Path, "a PyTorch file", ".safetensors");
        bool isOnnx = FileKinds.IsOnnx(start);
        if (isOnnx && (HasExtension(file.Path, ".pt") || HasExtension(file.Path, ".safetensors"))) throw CheckpointThrow.Misnamed(file.Path, "an ONNX file", System.IO.Path.GetExtension(file.Path));
        if (isZip) return OfPickle(file, CheckpointFormat.Zip, ZipCheckpoint.Read(file, bytes));
        if (isLegacy) return OfPickle(file, CheckpointFormat.Legacy, LegacyCheckpoint.Read(file, bytes));
        if (isOnnx) return OfOnnx(file, OnnxFile.Read(file, bytes));
        if (FileKinds.Describe(start) is { } kind) throw CheckpointThrow.NotACheckpoint(file.Path, kind);
        if (HasExtension(file.Path, ".pt")) throw CheckpointThrow.Misnamed(file.Path, "a safetensors file", ".pt");
        (IReadOnlyList<CheckpointTensor> tensors, IReadOnlyDictionary<string, string> metadata) = SafetensorsFile.Read(file, bytes);
        return new(file, CheckpointFormat.Safetensors, tensors, metadata);
    }

    private static Checkpoint OfOnnx(MappedFile file, OnnxFile onnx) => new(file, CheckpointFormat.Onnx, onnx.Tensors, onnx.Metadata, beside: onnx.Matrices);

    private static bool HasExtension(string path, string extension) => path.EndsWith(extension, StringComparison.OrdinalIgnoreCase);

    private static Checkpoint OfPickle(MappedFile file, CheckpointFormat format, CheckpointValue root) =>
        new(file, format, PickleTree.Tensors(root, file.Path, file.Length), FrozenDictionary<string, string>.Empty, root);
}
